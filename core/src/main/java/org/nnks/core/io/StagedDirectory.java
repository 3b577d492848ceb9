package org.nnks.core.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that appears under its final name only when it is complete.
 *
 * <pre>{@code
 * try (StagedDirectory staged = StagedDirectory.create(runFolder)) {
 *   AtomicFiles.write(staged.path().resolve("manifest.json"), manifest);
 *   staged.publish();
 * }
 * }</pre>
 *
 * <p>Files are written to a hidden temporary folder beside the target. {@link #publish} renames it
 * to the target and never overwrites; {@link #replace} also accepts a target that exists, which it
 * sets aside and deletes afterwards. Closing without either deletes the temporary folder. A process
 * that dies leaves temporary folders behind; {@link #recover} cleans them up. One process at a time
 * may stage a given target.
 */
public final class StagedDirectory implements AutoCloseable {

  /** Ends the name of the previous version while it is being replaced. */
  private static final String SET_ASIDE_SUFFIX = ".old" + AtomicFiles.TEMPORARY_SUFFIX;

  private final Path target;
  private final Path path;

  private StagedDirectory(Path target, Path path) {
    this.target = target;
    this.path = path;
  }

  /**
   * A new, empty temporary folder beside the target.
   *
   * @throws UncheckedIOException if it cannot be created; the message says why and what to do
   */
  public static StagedDirectory create(Path target) {
    Path path = AtomicFiles.temporarySibling(target);
    try {
      Files.createDirectory(path);
    } catch (IOException e) {
      throw AtomicFiles.failure(target, e);
    }
    return new StagedDirectory(target, path);
  }

  /** The temporary folder to write to. */
  public Path path() {
    return path;
  }

  /**
   * Gives the folder its final name.
   *
   * @throws InvalidInputException if the target exists; it is left as it was
   * @throws UncheckedIOException if the folder cannot be renamed
   */
  public void publish() {
    if (Files.exists(target)) {
      throw new InvalidInputException(
          target + " exists and is not overwritten: choose another name or remove it first");
    }
    try {
      moveInto(path, target);
    } catch (IOException e) {
      throw AtomicFiles.failure(target, e);
    }
  }

  /**
   * Gives the folder its final name in the place of an earlier version, if there is one. If the
   * process dies on the way, {@link #recover} brings back the earlier version.
   *
   * @throws UncheckedIOException if the folder cannot be renamed; the earlier version is then back
   */
  public void replace() {
    Path old = target.resolveSibling("." + target.getFileName() + SET_ASIDE_SUFFIX);
    try {
      if (!Files.exists(target)) {
        moveInto(path, target);
        return;
      }
      deleteTree(old);
      moveInto(target, old);
      try {
        moveInto(path, target);
      } catch (IOException e) {
        moveInto(old, target);
        throw e;
      }
      deleteTree(old);
    } catch (IOException e) {
      throw AtomicFiles.failure(target, e);
    }
  }

  /** Deletes the temporary folder, unless it was published. */
  @Override
  public void close() {
    try {
      deleteTree(path);
    } catch (IOException e) {
      throw AtomicFiles.failure(path, e);
    }
  }

  /**
   * Cleans up after a process that died while staging this target: brings the earlier version back
   * if the target is missing, and deletes temporary folders and files of this target.
   *
   * @return what was deleted or brought back, for the log; empty as a rule
   * @throws UncheckedIOException if the folder of the target cannot be listed or changed
   */
  public static List<Path> recover(Path target) {
    String prefix = "." + target.getFileName() + ".";
    List<Path> changed = new ArrayList<>();
    try (Stream<Path> siblings = Files.list(target.toAbsolutePath().getParent())) {
      List<Path> leftovers =
          siblings
              .filter(sibling -> isLeftover(sibling.getFileName().toString(), prefix))
              .sorted()
              .toList();
      for (Path leftover : leftovers) {
        if (!Files.exists(target) && leftover.getFileName().toString().endsWith(SET_ASIDE_SUFFIX)) {
          moveInto(leftover, target);
        } else {
          deleteTree(leftover);
        }
        changed.add(leftover);
      }
    } catch (IOException e) {
      throw AtomicFiles.failure(target, e);
    }
    return changed;
  }

  private static boolean isLeftover(String name, String prefix) {
    return name.startsWith(prefix) && name.endsWith(AtomicFiles.TEMPORARY_SUFFIX);
  }

  private static void moveInto(Path source, Path destination) throws IOException {
    Files.move(source, destination, StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.forceDirectory(destination);
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
