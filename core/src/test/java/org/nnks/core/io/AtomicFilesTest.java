package org.nnks.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

  @TempDir private Path folder;

  @Test
  void createsAndReplaces() throws IOException {
    Path file = folder.resolve("rules.json");
    AtomicFiles.write(file, "é");
    assertThat(Files.readAllBytes(file)).isEqualTo("é".getBytes(StandardCharsets.UTF_8));
    AtomicFiles.write(file, new byte[] {1, 2});
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2);
    assertThat(names(folder)).containsExactly("rules.json");
  }

  @Test
  void acceptsAFileNameWithoutFolder() throws IOException {
    Path file = Path.of("nnks-atomic-files-test.txt");
    try {
      AtomicFiles.write(file, "x");
      assertThat(file).hasContent("x");
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Test
  void aFailedWriteLeavesTheTargetAndNoLeftovers() throws IOException {
    // A folder that is not empty cannot be replaced by a file, so the rename fails.
    Path target = Files.createDirectory(folder.resolve("rules.json"));
    Files.writeString(target.resolve("inside"), "kept");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> AtomicFiles.write(target, "new"))
        .withMessageStartingWith("cannot write " + target);
    assertThat(target.resolve("inside")).hasContent("kept");
    assertThat(names(folder)).containsExactly("rules.json");
  }

  @Test
  void saysWhyAndWhatToDo() {
    Path file = folder.resolve("absent").resolve("rules.json");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> AtomicFiles.write(file, ""))
        .withMessage(
            "cannot write %s: its folder does not exist; create it or choose another folder", file);
    assertThat(AtomicFiles.failure(file, new IOException("No space left on device")))
        .hasMessage(
            "cannot write %s: No space left on device; free space on that disk or choose another"
                + " folder",
            file);
    assertThat(AtomicFiles.failure(file, new AccessDeniedException(file.toString())))
        .hasMessage(
            "cannot write %s: permission is denied; choose a folder that you may write to", file);
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
