package org.nnks.cli.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of files that can be made again at any time from those of the run: written without care
 * for power cuts, in the place of earlier ones.
 *
 * @param path the folder
 */
public record FreshFolder(Path path) {

  /**
   * The folder, created if need be, without the files that it held.
   *
   * @throws UncheckedIOException if it cannot be written to
   */
  public static FreshFolder in(Path path) {
    try {
      Files.createDirectories(path);
      try (DirectoryStream<Path> earlier = Files.newDirectoryStream(path)) {
        for (Path file : earlier) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
    return new FreshFolder(path);
  }

  /** Writes a text in UTF-8. */
  public void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes. */
  public void write(String name, byte[] bytes) {
    try {
      Files.write(path.resolve(name), bytes);
    } catch (IOException e) {
      throw failure(path.resolve(name), e);
    }
  }

  private static UncheckedIOException failure(Path path, IOException e) {
    return new UncheckedIOException(
        "cannot write %s: %s; free space on that disk or choose another folder"
            .formatted(path, e.getMessage()),
        e);
  }
}
