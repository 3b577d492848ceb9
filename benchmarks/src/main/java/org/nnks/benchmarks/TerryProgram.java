package org.nnks.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.solve.SolverConfig;

/**
 * One run of the program of Terry (2017), which the user has compiled: all outer iterations from
 * its own initial rules on its own shocks.
 *
 * @param processorSeconds processor time of the program and its children
 * @param price its prices, from period one
 * @param capital its mean capital, from period one
 */
record TerryProgram(double processorSeconds, Vector price, Vector capital) {

  /** The system property with the path of the program. */
  static final String PROPERTY = "terry.exe";

  /** Hours that the program may take: it took .6 at most on two cores. */
  private static final int HOURS = 3;

  /** Runs a program in the current folder and leaves the times of the shell's children. */
  private static final String TIMED = "\"$1\"; code=$?; times > processor-times.txt; exit $code";

  private static final String TIMES = "processor-times.txt";

  private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

  private static final int SECONDS_A_MINUTE = 60;

  /** The program that the system property names, if it is given. */
  static Optional<Path> given() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
  }

  /**
   * Runs the program in a scratch folder, by way of a POSIX shell, which knows what its children
   * cost.
   *
   * @throws InvalidInputException if it cannot be run, fails, takes more than three hours, or
   *     leaves no prices and capital
   */
  static TerryProgram run(Path program) throws IOException, InterruptedException {
    Path executable = program.toAbsolutePath();
    if (!Files.isExecutable(executable)) {
      throw new InvalidInputException(
          "-D%s must name Terry's compiled program but %s cannot be executed"
              .formatted(PROPERTY, executable));
    }
    Path folder = Files.createTempDirectory("terry");
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder("sh", "-c", TIMED, "sh", executable.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(HOURS, TimeUnit.HOURS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new InvalidInputException(
          "%s did not end in %d hours; its output is in %s".formatted(executable, HOURS, log));
    }
    if (process.exitValue() != 0) {
      throw new InvalidInputException(
          "%s ended with exit code %d; its output is in %s"
              .formatted(executable, process.exitValue(), log));
    }
    return new TerryProgram(
        processorSeconds(Files.readString(folder.resolve(TIMES))),
        series(folder.resolve("psim.txt"), executable),
        series(folder.resolve("kbarsim.txt"), executable));
  }

  /** The second line of POSIX {@code times}: user and system time of the shell's children. */
  private static double processorSeconds(String times) {
    Matcher time = TIME.matcher(times.lines().skip(1).findFirst().orElse(""));
    double seconds = 0;
    while (time.find()) {
      seconds +=
          SECONDS_A_MINUTE * Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2));
    }
    return seconds;
  }

  private static Vector series(Path file, Path program) throws IOException {
    if (!Files.exists(file)) {
      throw new InvalidInputException(
          "%s left no %s: it is not the program of Terry (2017), which writes this file"
              .formatted(program, file.getFileName()));
    }
    double[] series =
        Arrays.stream(Files.readString(file).trim().split("\\s+"))
            .mapToDouble(TerryProgram::number)
            .toArray();
    if (series.length <= SolverConfig.BURN_IN) {
      throw new InvalidInputException(
          "%s left %d periods in %s, none after the burn-in of %d"
              .formatted(program, series.length, file.getFileName(), SolverConfig.BURN_IN));
    }
    return Vector.ofUnsafe(series);
  }

  /** Fortran may write the exponent of a double with a D. */
  private static double number(String text) {
    return Double.parseDouble(text.replace('D', 'E'));
  }
}
