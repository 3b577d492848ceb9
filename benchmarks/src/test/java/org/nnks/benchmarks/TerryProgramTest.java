package org.nnks.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.io.InvalidInputException;

/**
 * With a stand-in for Terry's program, which nnks does not have: a script that writes his files.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "programs are timed by a POSIX shell")
class TerryProgramTest {

  private static final int PERIODS = 2_499;

  /** Steady-state p and K of the economy, constant: any series will do. */
  private static final String FILES =
      "yes 2.24D+00 | head -n 2499 > psim.txt\n" + "yes 1.53 | head -n 2499 > kbarsim.txt\n";

  /** Counts in the shell itself, which takes processor time; idling beside it takes none. */
  private static final String WORK =
      "i=0\nwhile [ $i -lt 200000 ]; do i=$((i + 1)); done\nsleep 1\n";

  @TempDir private Path folder;

  private Path program(String script) throws IOException {
    Path program = folder.resolve("stand in for terry");
    Files.writeString(program, "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  @Test
  void countsProcessorTimeAndReadsTheSeries() throws Exception {
    long start = System.nanoTime();
    TerryProgram busy = TerryProgram.run(program(WORK + FILES));
    double wall = (System.nanoTime() - start) * 1e-9;
    TerryProgram idle = TerryProgram.run(program("sleep 1\n" + FILES));
    assertThat(busy.processorSeconds()).isGreaterThan(.05).isLessThan(wall - .9);
    assertThat(idle.processorSeconds()).isLessThan(busy.processorSeconds());
    assertThat(busy.price().size()).isEqualTo(PERIODS);
    assertThat(busy.price().get(7)).isEqualTo(2.24);
    assertThat(busy.capital().get(PERIODS - 1)).isEqualTo(1.53);
  }

  @Test
  void saysWhatIsWrongInOneSentence() throws Exception {
    assertThatThrownBy(() -> TerryProgram.run(folder.resolve("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("-Dterry.exe must name Terry's compiled program")
        .hasMessageEndingWith("cannot be executed");
    Path failing = program("exit 3\n");
    assertThatThrownBy(() -> TerryProgram.run(failing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("ended with exit code 3; its output is in");
    Path silent = program("exit 0\n");
    assertThatThrownBy(() -> TerryProgram.run(silent))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("left no psim.txt");
    Path brief = program("echo 2.2 > psim.txt\n");
    assertThatThrownBy(() -> TerryProgram.run(brief))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("left 1 periods in psim.txt, none after the burn-in of 500");
  }

  @Test
  void isARowOfTheTableAndARatioInAllOthers() throws Exception {
    System.setProperty(TerryProgram.PROPERTY, program(WORK + FILES).toString());
    try {
      List<String> rows = table().lines().toList();
      String[] terry = cells(rows.get(2));
      String[] grid = cells(rows.get(3));
      assertThat(rows).hasSize(5);
      assertThat(terry[0]).isEqualTo("Terry's program, 1e-03");
      double seconds = Double.parseDouble(terry[4]);
      double exact = seconds / Double.parseDouble(terry[5]);
      assertThat(grid[0]).isEqualTo("EXACT_TERRY_GRID, 1e-03");
      double loop = Double.parseDouble(grid[4]);
      // Seconds are rounded to hundredths, ratios to hundredths and tenths.
      assertThat(Double.parseDouble(grid[6])).isCloseTo(seconds / loop, within(.15 + .1 / loop));
      assertThat(Double.parseDouble(grid[5])).isCloseTo(loop / exact, within(.1 + .05 / exact));
      assertThat(terry[7]).matches("\\d+\\.\\d{3}, \\d+\\.\\d{3}").isNotEqualTo(grid[7]);
    } finally {
      System.clearProperty(TerryProgram.PROPERTY);
    }
  }

  private static String table() throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SolveTable.print(
        List.of(Method.EXACT_TERRY_GRID), new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String[] cells(String row) {
    return Arrays.stream(row.substring(2).split("\\|")).map(String::trim).toArray(String[]::new);
  }
}
