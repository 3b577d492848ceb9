package org.nnks.core.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder to one writer, as long as it is open. The system releases the lock however the
 * process ends; where the file system knows no locks, nothing is locked.
 */
public final class FolderLock implements AutoCloseable {

  /** The file that is locked. It stays, for who removes it might remove another's. */
  private static final String FILE = ".lock";

  /**
   * The files that this process has locked. A second channel on one of them would release the lock
   * when it is closed, so none is opened.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder, which is created if need be.
   *
   * @throws InvalidInputException if somebody else has it
   * @throws UncheckedIOException if the folder cannot be written to
   */
  public static FolderLock take(Path folder) {
    try {
      Files.createDirectories(folder);
      Path file = folder.toRealPath().resolve(FILE);
      if (HELD.add(file)) {
        FolderLock lock = null;
        try {
          lock = ofOtherProcesses(file);
        } finally {
          if (lock == null) {
            HELD.remove(file);
          }
        }
        if (lock != null) {
          return lock;
        }
      }
    } catch (IOException e) {
      throw AtomicFiles.failure(folder, e);
    }
    throw new InvalidInputException(
        "another process is writing to %s: wait for it, or choose another folder"
            .formatted(folder));
  }

  /** The lock of a file, or null if another process has it. */
  private static FolderLock ofOtherProcesses(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken;
    try {
      taken = channel.tryLock() == null;
    } catch (IOException e) {
      taken = false; // this file system knows no locks
    }
    if (taken) {
      channel.close();
      return null;
    }
    return new FolderLock(file, channel);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + file, e);
    } finally {
      HELD.remove(file);
    }
  }
}
