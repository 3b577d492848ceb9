package org.nnks.core.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files so that a reader, or a run that starts after a crash, sees the old content or the
 * new content and nothing between.
 *
 * <p>The bytes go to a hidden temporary file in the same folder, are forced to the disk, and the
 * file is renamed over the target. A failed write deletes the temporary file and leaves the target
 * as it was. For a whole folder see {@link StagedDirectory}.
 */
public final class AtomicFiles {

  /** Names of temporary files and folders start with a dot and the target's name, and end so. */
  static final String TEMPORARY_SUFFIX = ".tmp";

  private AtomicFiles() {}

  /**
   * Replaces or creates a file with this text in UTF-8.
   *
   * @throws UncheckedIOException if it cannot be written; the message says why and what to do
   */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Replaces or creates a file with these bytes.
   *
   * @throws UncheckedIOException if it cannot be written; the message says why and what to do
   */
  public static void write(Path file, byte[] bytes) {
    Path temporary = temporarySibling(file);
    try {
      writeAndForce(temporary, bytes);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceDirectory(file);
    } catch (IOException e) {
      deleteQuietly(temporary, e);
      throw failure(file, e);
    }
  }

  /** A name beside the target that no other writer uses. */
  static Path temporarySibling(Path target) {
    String name = "." + target.getFileName() + "." + UUID.randomUUID() + TEMPORARY_SUFFIX;
    return target.resolveSibling(name);
  }

  /** The exception for a target that could not be written, as one sentence with a remedy. */
  static UncheckedIOException failure(Path target, IOException cause) {
    String reason;
    String remedy = "free space on that disk or choose another folder";
    if (cause instanceof NoSuchFileException) {
      reason = "its folder does not exist";
      remedy = "create it or choose another folder";
    } else if (cause instanceof AccessDeniedException) {
      reason = "permission is denied";
      remedy = "choose a folder that you may write to";
    } else if (cause instanceof FileSystemException e && e.getReason() != null) {
      reason = e.getReason();
    } else {
      reason = cause.getMessage();
    }
    String sentence = "cannot write %s: %s; %s".formatted(target, reason, remedy);
    return new UncheckedIOException(sentence, cause);
  }

  /** Makes a rename in the target's folder survive a power cut, where the system lets us. */
  static void forceDirectory(Path target) {
    Path directory = target.toAbsolutePath().getParent();
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no channel on a folder; the rename itself has succeeded.
    }
  }

  private static void writeAndForce(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void deleteQuietly(Path temporary, IOException reason) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
