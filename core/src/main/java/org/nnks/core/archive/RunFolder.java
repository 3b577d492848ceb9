package org.nnks.core.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nnks.core.io.InvalidInputException;

/**
 * The folder of a run and the names of its files.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

  /**
   * Makes sure that a folder is free for a new run, and changes nothing.
   *
   * @throws InvalidInputException if it exists and is not an empty folder
   */
  public static void requireFree(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new InvalidInputException(
          "%s is a file, not a folder: choose another with --out".formatted(path));
    }
    if (Files.exists(path) && !isEmpty(path)) {
      throw new InvalidInputException(
          ("the folder %s exists and is not empty, and nothing is overwritten: choose another with"
                  + " --out; a solve in it goes on with --resume")
              .formatted(path));
    }
  }

  /**
   * A folder for a new run, created if need be.
   *
   * @throws InvalidInputException if it exists and is not empty
   * @throws UncheckedIOException if it cannot be created
   */
  public static RunFolder create(Path path) {
    requireFree(path);
    RunFolder run = new RunFolder(path);
    run.createFolder();
    return run;
  }

  /**
   * The folder of an earlier run.
   *
   * @throws InvalidInputException if it holds no manifest
   */
  public static RunFolder open(Path path) {
    RunFolder run = new RunFolder(path);
    if (!Files.isDirectory(path)) {
      throw new InvalidInputException("there is no folder " + path);
    }
    if (!Files.isRegularFile(run.manifest())) {
      throw new InvalidInputException(
          "%s is not the folder of a run: it has no %s"
              .formatted(path, run.manifest().getFileName()));
    }
    return run;
  }

  private static boolean isEmpty(Path path) {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private void createFolder() {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot create the folder %s: %s; choose another with --out"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** {@link Manifest}: what was asked, what did it, how it ended. */
  public Path manifest() {
    return path.resolve("manifest.json");
  }

  /** The aggregate states of the simulation, counted from one, one a line. */
  public Path shocks() {
    return path.resolve("shocks.csv");
  }

  /** {@link PathCsv}: the path of another program on these shocks, if one was given. */
  public Path reference() {
    return path.resolve("reference.csv");
  }

  /** {@link RulesFile}: forecast rules. */
  public Path rules() {
    return path.resolve("rules.json");
  }

  /** {@link HistoryCsv}: one row for each outer iteration. */
  public Path history() {
    return path.resolve("history.csv");
  }

  /** {@link PathCsv}: the simulated history. */
  public Path pathCsv() {
    return path.resolve("path.csv");
  }

  /** {@link Moments}: what the history adds up to. */
  public Path moments() {
    return path.resolve("moments.json");
  }

  /** {@link Accuracy}: how far from the truth. */
  public Path accuracy() {
    return path.resolve("accuracy.json");
  }

  /** What an equilibrium without forecast rules says of the rules. */
  public Path rulesError() {
    return path.resolve("rules-error.json");
  }

  /** {@link CertificateFile}: what a rival method says, if it was asked. */
  public Path certificate() {
    return path.resolve("certificate.json");
  }

  /**
   * Removes what was said of earlier results: certificate and rules' error.
   *
   * @throws UncheckedIOException if a file cannot be removed
   */
  public void removeCertificate() {
    for (Path file : List.of(certificate(), rulesError())) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove %s: %s".formatted(file, e.getMessage()), e);
      }
    }
  }

  /** What the model shows of its solution, as data of line charts. */
  public Path figures() {
    return path.resolve("figures.json");
  }

  /** What else the model measured of its solution, by name, for its tables. */
  public Path statistics() {
    return path.resolve("statistics.json");
  }

  /** What should be known of the solution, one sentence each. */
  public Path warnings() {
    return path.resolve("warnings.json");
  }

  /** {@link NamedArrays}: the state of the solver of the firms' problem, with its weights. */
  public Path networks() {
    return path.resolve("networks").resolve("state.npz");
  }

  /**
   * Writes {@link #networks}.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public void writeNetworks(Map<String, double[]> state) {
    new RunFolder(networks().getParent()).createFolder();
    NamedArrays.write(networks(), state);
  }

  /** {@link Checkpoint}: where a solve continues. */
  public Checkpoint checkpoint() {
    return new Checkpoint(path.resolve("checkpoint"));
  }

  /** Where a path without rules can continue. */
  public Checkpoint pathCheckpoint() {
    return new Checkpoint(path.resolve("checkpoint-path"));
  }

  /** Path, grids, values, policies and distributions with their axes, for other programs. */
  public Path results() {
    return path.resolve("results.npz");
  }

  /** Every table of the report as CSV and LaTeX. */
  public Path tables() {
    return path.resolve("tables");
  }

  /** Every figure of the report as SVG and PDF. */
  public Path figureFiles() {
    return path.resolve("figures");
  }

  /** {@link ImpulseCsv}: impulse responses. */
  public Path impulseCsv() {
    return path.resolve("irf.csv");
  }

  /** {@link ImpulseCsv}: those of the rival method, if it was asked. */
  public Path rivalImpulseCsv() {
    return path.resolve("irf-rival.csv");
  }

  /** Plots of the impulse responses. */
  public Path impulsePage() {
    return path.resolve("irf.html");
  }

  /** The report. */
  public Path report() {
    return path.resolve("report.html");
  }
}
