package org.nnks.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.core.io.CsvTable.Column;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

class CsvTableTest {

  @TempDir private Path folder;

  @Test
  void writesWholeNumbersWithoutDecimals() {
    CsvTable table =
        CsvTable.of(
            Column.integer("t", 1, -2, 2499),
            Column.real("p", Vector.of(2.25, 1e-9, Double.NaN)),
            new Column("n", CsvTable.Kind.INTEGER, Vector.of(0x1p53, 0, -7)));
    assertThat(table.toText())
        .isEqualTo("t,p,n\n1,2.25,9007199254740992\n-2,1.0E-9,0\n2499,NaN,-7\n");
  }

  @Test
  void readsBackTheSameTable() {
    double[] values = new SplittableRandom(3).doubles(1000, -1e-3, 1e3).toArray();
    int[] periods = new int[values.length];
    for (int t = 0; t < periods.length; t++) {
      periods[t] = t + 1;
    }
    CsvTable table = CsvTable.of(Column.integer("t", periods), Column.real("K", Vector.of(values)));
    Path file = folder.resolve("path.csv");
    table.write(file);
    assertThat(CsvTable.read(file)).isEqualTo(table);
    assertThat(table.rows()).isEqualTo(1000);
    assertThat(table.names()).containsExactly("t", "K");
    assertThat(table.column("K")).isEqualTo(Vector.of(values));
  }

  @Test
  void readsOtherProgramsTables() throws IOException {
    CsvTable table =
        CsvTable.read(file("\uFEFFA_index, rate ,y\r\n1, 5.25E-002,NaN\r\n+2,.5,-3.\r\n\r\n  \n"));
    assertThat(table.column("A_index")).isEqualTo(Vector.of(1, 2));
    assertThat(table.column("rate")).isEqualTo(Vector.of(0.0525, 0.5));
    assertThat(table.column("y").get(0)).isNaN();
    assertThat(table.column("y").get(1)).isEqualTo(-3);
    assertThat(table.columns().get(0).kind()).isEqualTo(CsvTable.Kind.INTEGER);
    assertThat(table.columns().get(1).kind()).isEqualTo(CsvTable.Kind.REAL);
  }

  @Test
  void quotesNamesThatNeedIt() throws IOException {
    CsvTable table = CsvTable.of(Column.integer("C, real", 1), Column.integer("\"w\"", 2));
    assertThat(table.toText()).isEqualTo("\"C, real\",\"\"\"w\"\"\"\n1,2\n");
    assertThat(CsvTable.read(file(table.toText()))).isEqualTo(table);
  }

  @Test
  void leavesRowLabelsOut() throws IOException {
    CsvTable table = CsvTable.read(file("\"\",\"Y\",\"C\"\n\"1\",1.5,NA\n\"2\",2,3\n"));
    assertThat(table.names()).containsExactly("Y", "C");
    assertThat(table.column("Y")).isEqualTo(Vector.of(1.5, 2));
    assertThat(table.column("C").get(0)).isNaN();
    assertThat(table.column("C").get(1)).isEqualTo(3);
    assertThat(CsvTable.read(file("\"Y\" \"C\"\n\"1\" 1.5 NA\n\"2\" 2 3\n"))).isEqualTo(table);
    assertThat(CsvTable.read(file(",Y,C\n0,1.5,\n1,2.0,3.0\n"))).isEqualTo(table);
    assertThat(CsvTable.read(file(",0,1\n0,1.5,2\n")).names()).containsExactly("0", "1");
  }

  @Test
  void keepsWhatIsNeededAndWhatIsNumbers() throws IOException {
    Path file = file("date,K,K2,K2,p\n1947-01-01,1,2,3,4.5\n");
    CsvTable table = CsvTable.read(file, List.of("K"));
    assertThat(table)
        .isEqualTo(CsvTable.of(Column.integer("K", 1), Column.real("p", Vector.of(4.5))));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> CsvTable.read(file, List.of("K", "Y")))
        .withMessage(file + " has no column 'Y' but must have the columns K,Y");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> CsvTable.read(file, List.of("date")))
        .withMessage(
            file
                + ", line 2, column 'date': expected a finite number or NaN but found '1947-01-01'");
  }

  @Test
  void readsRowsWithoutNames() throws IOException {
    Matrix expected = Matrix.of(2, 2, new double[] {0.4, 7, Double.NaN, -2});
    assertThat(CsvTable.header(file("0.4,7\n,-2\n"))).isEmpty();
    assertThat(CsvTable.readUnnamed(file("0.4,7\n,-2\n"))).isEqualTo(expected);
    assertThat(CsvTable.readUnnamed(file("# numpy\n4e-1 7e0\nnan -2e0\n"))).isEqualTo(expected);
    assertThat(CsvTable.readUnnamed(file("0,4;7\nNA;-2\n"))).isEqualTo(expected);
    assertThat(CsvTable.readUnnamed(file("0\n1\n")))
        .isEqualTo(Matrix.of(2, 1, new double[] {0, 1}));
    CsvTable named = CsvTable.read(file("a,b\n0.4,7\n,-2\n"));
    assertThat(named.toMatrix()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | ' is empty: expected rows of numbers'",
        "'a,b;1,2' | ', line 1: expected numbers but found the names ''a'', ''b'''",
        "'0,1;0.4,7' | ', line 1: ''0,1'' may be data, or the names that pandas gives'",
        "'0.4,7;0.4' | ', line 2: expected 2 fields as in line 1 but found 1'",
        "'0.4,7;0.4,seven' | ', line 2, column 2: expected a finite number or NaN but found ''seven'''",
      })
  void refusesRowsThatAreNotNumbers(String lines, String message) throws IOException {
    Path file = file(lines.replace(';', '\n'));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> CsvTable.readUnnamed(file))
        .withMessageStartingWith(file + message);
  }

  @Test
  void namesAMissingValue() throws IOException {
    Path file = file("K,p\n1,2\n,3\n");
    CsvTable table = CsvTable.read(file);
    assertThat(table.requireValues(file, List.of("p"))).isSameAs(table);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> table.requireValues(file, List.of("p", "K")))
        .withMessage(file + ", row 2: column 'K' has no value but must have one in every row");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | ' is empty: expected a header line of column names'",
        "'a,b;1,2;3' | ', line 3: expected 2 fields as in the header but found 1'",
        "'a,b;1,2;;3,4' | ', line 3: expected 2 fields as in the header but found 1'",
        "'a,b;1,x' | ', line 2, column ''b'': expected a finite number or NaN but found ''x'''",
        "'a,b;1,2,3' | ', line 2: expected 2 fields as in the header but found 3'",
        "'a,b;1,2011Q1' | ', line 2, column ''b'': expected a finite number or NaN but found ''2011Q1'''",
        "'1,2;3,4' | ', line 1: ''1,2'' holds a number where the names of the columns are expected'",
        "'0,1;3,4' | ', line 1: ''0,1'' holds a number where the names of the columns are expected'",
        "'t,1990;3,4' | ', line 1: ''t,1990'' holds a number where the names of the columns are expected'",
        "'a,,b;1,2,3' | ', line 1: a column name must not be blank'",
        "'a;\"1' | ', line 2: a quote stands within a field or is never closed'",
        "'a,b;1,1e999' | ', line 2, column ''b'': expected a finite number or NaN but found'",
        "'a,b;1,0x1p3' | ', line 2, column ''b'': expected a finite number or NaN but found'",
        "'a,b;1,1d' | ', line 2, column ''b'': expected a finite number or NaN but found'",
        "'a,a;1,2' | ', line 1: two columns are named ''a'''",
        "'a,;1,2' | ', line 1: a column name must not be blank'",
      })
  void namesFileAndLine(String lines, String message) throws IOException {
    Path file = file(lines.replace(';', '\n'));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> CsvTable.read(file))
        .withMessageStartingWith(file + message);
  }

  @Test
  void namesTheNearestColumn() {
    CsvTable table = CsvTable.of(Column.integer("t", 1), Column.integer("A_index", 3));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> table.column("A_idx"))
        .withMessage("the table has no column 'A_idx'; the nearest valid column is 'A_index'");
  }

  @Test
  void rejectsColumnsThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CsvTable.of(Column.integer("a", 1), Column.integer("b", 1, 2)))
        .withMessage("column 'b' has 2 rows but column 'a' has 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Column("a", CsvTable.Kind.INTEGER, Vector.of(1, 1.5)))
        .withMessageContaining("column 'a', row 1: 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.real("a", Vector.of(Double.POSITIVE_INFINITY)))
        .withMessageContaining("Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.real("a\nb", Vector.of(1)))
        .withMessageContaining("'a\nb'");
    assertThatIllegalArgumentException().isThrownBy(CsvTable::of);
  }

  @Test
  void namesAFileThatCannotBeRead() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> CsvTable.read(folder.resolve("missing.csv")))
        .withMessageContaining("missing.csv cannot be read");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("in.csv"), text);
  }
}
