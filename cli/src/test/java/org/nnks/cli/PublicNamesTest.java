package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In JShell everything is imported at once: a simple name then means one type of the library. */
class PublicNamesTest {

  /** The root of the project: tests run in the folder of their module. */
  private static final Path ROOT = Path.of("..");

  private static final Pattern PUBLIC =
      Pattern.compile("(?m)^public (?:[a-z-]+ )*(?:class|record|interface|enum) ");

  @Test
  void noTwoPublicTypesShareASimpleName() throws IOException {
    Map<String, List<Path>> types;
    try (Stream<Path> modules = Files.list(ROOT)) {
      types =
          modules
              .filter(module -> !module.endsWith("cli")) // of which JShell has Nnks and Run only
              .map(module -> module.resolve("src/main/java/org/nnks"))
              .filter(Files::isDirectory)
              .flatMap(PublicNamesTest::files)
              .filter(PublicNamesTest::isPublic)
              .collect(
                  Collectors.groupingBy(
                      file -> file.getFileName().toString(), TreeMap::new, Collectors.toList()));
    }
    assertThat(types).hasSizeGreaterThan(300).containsKeys("Simulator.java", "Vector.java");
    types.values().removeIf(files -> files.size() == 1);
    assertThat(types).isEmpty();
  }

  private static Stream<Path> files(Path folder) {
    try {
      return Files.walk(folder).filter(file -> file.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPublic(Path file) {
    try {
      return PUBLIC.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
