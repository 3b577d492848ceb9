package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.networks.PaperTraining;
import org.nnks.core.statistics.ComparisonTable.Row;

/** The published numbers against the lines of the paper, and against one another. */
class YokomotoTablesTest {

  private static final Map<Integer, List<List<Double>>> PRINTED = printed();

  /** The cells of the lines of each table, without their labels; NaN where there is none. */
  private static Map<Integer, List<List<Double>>> printed() {
    Map<Integer, List<List<Double>>> tables = new LinkedHashMap<>();
    List<List<Double>> table = List.of();
    for (String line : lines()) {
      if (line.startsWith("#")) {
        table = new ArrayList<>();
        tables.put(Integer.parseInt(line.substring("# Table ".length())), table);
      } else {
        List<Double> cells = new ArrayList<>();
        String[] fields = line.split("\t");
        for (int i = 1; i < fields.length; i++) {
          cells.add(number(fields[i].replace(",", "").replaceAll(" .*", "")));
        }
        table.add(cells);
      }
    }
    return tables;
  }

  private static List<String> lines() {
    try (var file = YokomotoTablesTest.class.getResourceAsStream("yokomoto-2026-tables.tsv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last field of each line of a table, as printed. */
  private static List<String> lastFields(int table) {
    return lines().stream()
        .dropWhile(line -> !line.equals("# Table " + table))
        .skip(1)
        .takeWhile(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf('\t') + 1))
        .toList();
  }

  private static double number(String text) {
    return text.matches("[0-9.]+") ? Double.parseDouble(text) : Double.NaN;
  }

  private static List<Double> cells(List<Row> rows, int column) {
    return rows.stream().map(row -> row.cells().get(column)).toList();
  }

  private static List<Double> row(List<Row> rows, int index) {
    return rows.get(index).cells().stream().boxed().toList();
  }

  @Test
  void table5() {
    assertThat(cells(YokomotoTables.YOKOMOTO_5, 0)).isEqualTo(PRINTED.get(5).get(0));
    assertThat(cells(YokomotoTables.YOKOMOTO_5, 1)).isEqualTo(PRINTED.get(5).get(1));
  }

  /** The paper prints its KS column last. */
  @Test
  void table6() {
    for (int i = 0; i < YokomotoTables.YOKOMOTO_6.size(); i++) {
      List<Double> ours = row(YokomotoTables.YOKOMOTO_6, i);
      List<Double> theirs = PRINTED.get(6).get(i);
      assertThat(ours.subList(1, ours.size())).isEqualTo(theirs.subList(0, theirs.size() - 1));
      assertThat(ours.get(0)).isEqualTo(theirs.get(theirs.size() - 1));
    }
    assertThat(PRINTED.get(6)).hasSameSizeAs(YokomotoTables.YOKOMOTO_6);
  }

  /** Three blocks; output's ratio and correlation to itself are left out. */
  @Test
  void table7() {
    for (int column = 0; column < YokomotoTables.YOKOMOTO_7_COLUMNS.size(); column++) {
      List<Double> theirs = new ArrayList<>(PRINTED.get(7).get(column));
      theirs.addAll(PRINTED.get(7).get(3 + column).subList(1, 4));
      theirs.addAll(PRINTED.get(7).get(6 + column).subList(1, 4));
      assertThat(cells(YokomotoTables.YOKOMOTO_7, column)).isEqualTo(theirs);
    }
  }

  @Test
  void table8() {
    for (int i = 0; i < 4; i++) {
      List<Double> theirs = PRINTED.get(8).get(i);
      assertThat(row(YokomotoTables.YOKOMOTO_8, i)).isEqualTo(theirs.subList(0, 2));
      assertThat(row(YokomotoTables.YOKOMOTO_8, 4 + i)).isEqualTo(theirs.subList(2, 4));
    }
  }

  /** Two lines of dynamic forecasts, then states: RMSE and R² of p and of K', KS before NN-KS. */
  @Test
  void table10() {
    int states = 20;
    for (int state = 0; state < states; state++) {
      List<Double> theirs = PRINTED.get(10).get(2 + state);
      for (int block = 0; block < 4; block++) {
        int at = block / 2 * 4 + block % 2;
        assertThat(row(YokomotoTables.YOKOMOTO_10, block * states + state))
            .isEqualTo(List.of(theirs.get(at), theirs.get(at + 2)));
      }
    }
    assertThat(YokomotoTables.YOKOMOTO_10).hasSize(4 * states);
  }

  @Test
  void table11() {
    List<Double> ours = cells(YokomotoTables.YOKOMOTO_11, 0);
    assertThat(ours.get(0)).isEqualTo(PRINTED.get(11).get(0).get(0));
    assertThat(ours.subList(1, 3)).isEqualTo(PRINTED.get(11).get(1));
    assertThat(ours.subList(3, 5)).isEqualTo(PRINTED.get(11).get(2));
    assertThat(ours.get(1) + ours.get(3)).isEqualTo(ours.get(0));
    assertThat(ours.get(6) + ours.get(5)).isEqualTo(ours.get(1));
    assertThat(ours.get(7)).isCloseTo(100 * ours.get(6) / ours.get(0), within(.005));
  }

  @Test
  void table12() {
    List<Double> theirs = new ArrayList<>();
    PRINTED.get(12).forEach(theirs::addAll);
    assertThat(cells(YokomotoTables.YOKOMOTO_12, 0)).isEqualTo(theirs);
  }

  @Test
  void table13() {
    for (int i = 0; i < YokomotoTables.YOKOMOTO_13.size(); i++) {
      assertThat(row(YokomotoTables.YOKOMOTO_13, i)).isEqualTo(PRINTED.get(13).get(i));
    }
    for (int j = 0; j < YokomotoTables.YOKOMOTO_13_COLUMNS.size(); j++) {
      List<Double> column = cells(YokomotoTables.YOKOMOTO_13, j);
      assertThat(column.get(1) + column.get(3)).isEqualTo(column.get(0));
    }
  }

  /** Numbers within sentences; they are the preset's, too. */
  @Test
  void table14() {
    List<Double> printed =
        Pattern.compile("([0-9.]+)(?: .times 10\\^\\{(-[0-9]+)})?")
            .matcher(String.join(" ", lastFields(14)))
            .results()
            .map(
                number ->
                    Double.parseDouble(
                        number.group(1) + (number.group(2) == null ? "" : "e" + number.group(2))))
            .toList();
    assertThat(cells(YokomotoTables.YOKOMOTO_14, 0)).isEqualTo(printed);
    PaperTraining paper = PaperTraining.yokomoto2026();
    assertThat(cells(YokomotoTables.YOKOMOTO_14, 0))
        .containsExactly(
            (double) paper.hidden().size(),
            (double) paper.hidden().get(0),
            paper.initialRate(),
            paper.finalRate(),
            (double) paper.batch(),
            (double) paper.batch(),
            21.0,
            .05);
  }
}
