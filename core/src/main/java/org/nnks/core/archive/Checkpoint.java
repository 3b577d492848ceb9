package org.nnks.core.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StagedDirectory;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Vector;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.Safeguard;
import org.nnks.core.solve.SolverState;

/**
 * Where a solve can continue after a crash: one folder for each finished outer iteration, of which
 * only the last is kept.
 *
 * <p>A folder holds {@code state.json} and {@code bellman.npz}. It appears under its name only when
 * both are on the disk, and the first states the SHA-256 digest of the second, so that damage does
 * not go unnoticed.
 */
public final class Checkpoint {

  private static final String STATE = "state.json";
  private static final String ARRAYS = "bellman.npz";
  private static final Pattern NUMBER = Pattern.compile("\\d{6}");

  private final Path folder;

  /** Checkpoints in a folder, which is created with the first of them. */
  public Checkpoint(Path folder) {
    this.folder = folder;
  }

  /** {@link SolverState} but for the arrays, which are in the other file. */
  private record State(
      ForecastRules rules,
      Vector acceleration,
      Optional<Safeguard> safeguard,
      List<Iteration> history,
      String arraysDigest) {}

  /**
   * Writes a state, then removes earlier ones.
   *
   * @throws UncheckedIOException if it cannot be written; the earlier one is then untouched
   */
  public void write(SolverState state) {
    byte[] arrays = NamedArrays.encode(state.bellman());
    Path target = folder.resolve("%06d".formatted(state.history().size()));
    try {
      Files.createDirectories(folder);
      StagedDirectory.recover(target);
      try (StagedDirectory staged = StagedDirectory.create(target)) {
        AtomicFiles.write(staged.path().resolve(ARRAYS), arrays);
        AtomicFiles.write(
            staged.path().resolve(STATE),
            StrictJson.write(
                new State(
                    state.rules(),
                    state.acceleration(),
                    state.safeguard(),
                    state.history(),
                    digest(arrays))));
        staged.replace();
      }
      for (Path other : numbered()) {
        if (!other.equals(target)) {
          delete(other);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write %s: %s".formatted(target, e.getMessage()), e);
    }
  }

  /** Whether there is a state to continue from. */
  public boolean exists() {
    return !numbered().isEmpty();
  }

  /**
   * Reads the last state.
   *
   * @return nothing if no iteration was finished
   * @throws InvalidInputException if the files are damaged
   */
  public Optional<SolverState> readLast() {
    List<Path> numbered = numbered();
    if (numbered.isEmpty()) {
      return Optional.empty();
    }
    Path last = numbered.get(numbered.size() - 1);
    StagedDirectory.recover(last);
    State state = StrictJson.read(last.resolve(STATE), State.class);
    Path file = last.resolve(ARRAYS);
    byte[] arrays;
    try {
      arrays = Files.readAllBytes(file);
    } catch (IOException e) {
      throw damaged(file, e);
    }
    if (!digest(arrays).equals(state.arraysDigest())) {
      throw damaged(file, null);
    }
    Map<String, double[]> bellman = NamedArrays.decode(file, arrays);
    return Optional.of(
        new SolverState(
            state.rules(), state.acceleration(), state.safeguard(), bellman, state.history()));
  }

  private static InvalidInputException damaged(Path file, IOException cause) {
    return new InvalidInputException(
        file
            + " is damaged: its digest is not the one noted beside it; solve again in a new folder",
        cause);
  }

  private List<Path> numbered() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> NUMBER.matcher(entry.getFileName().toString()).matches())
          .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static void delete(Path checkpoint) throws IOException {
    // The state goes first: a folder without it is no checkpoint.
    Files.deleteIfExists(checkpoint.resolve(STATE));
    Files.deleteIfExists(checkpoint.resolve(ARRAYS));
    Files.deleteIfExists(checkpoint);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
