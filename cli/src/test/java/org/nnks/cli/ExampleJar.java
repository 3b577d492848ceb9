package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.nnks.core.economy.EconomyProvider;

/** The jar of the documented student economy, made from its sources. */
final class ExampleJar {

  private static final Path PROJECT =
      Path.of("").toAbsolutePath().resolveSibling("examples").resolve("economy");

  private ExampleJar() {}

  /** Compiles and packs the example in a folder. */
  static Path in(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-d", classes.toString(), "-cp", core()));
    try (Stream<Path> sources = Files.walk(PROJECT.resolve("src/main/java"))) {
      sources.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(arguments::add);
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(code).isZero();
    Path jar = folder.resolve("revenue-tax.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(file)) {
      pack(classes, packed);
      pack(PROJECT.resolve("src/main/resources"), packed);
    }
    return jar;
  }

  private static String core() {
    try {
      return Path.of(
              EconomyProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pack(Path from, JarOutputStream jar) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  jar.putNextEntry(
                      new JarEntry(from.relativize(file).toString().replace('\\', '/')));
                  Files.copy(file, jar);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
