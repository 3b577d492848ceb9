package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of Windows, which no test runs, says to Java what the other one does. */
class LaunchersTest {

  private static Set<String> found(String launcher, String pattern) throws IOException {
    Path file = Path.of("").toAbsolutePath().resolveSibling(launcher);
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("#") && !line.startsWith("rem "))
        .flatMap(line -> Pattern.compile(pattern).matcher(line).results())
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:[+\\w]+(=\\d+)?", // options of the machine, with their numbers
        "-Xm[sx]\\w+|-Xlog:[\\w+=]+",
        "-D[\\w.]+", // properties
        "--[a-z]+-[a-z-]+=?\\w*", // access to modules; options of a solve
        "OMP_\\w+|PYTORCH_FLAVOR|NNKS_JAVA_OPTS|NNKS_CLASSPATH|JAVA_HOME",
        // what has settings of its own
        "\\b(models|generate-completion|sweep|estimate|bloom|projection)\\b",
      })
  void bothSayTheSame(String pattern) throws IOException {
    assertThat(found("nnks", pattern)).isNotEmpty().isEqualTo(found("nnks.cmd", pattern));
  }
}
