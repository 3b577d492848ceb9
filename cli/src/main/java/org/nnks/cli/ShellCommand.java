package org.nnks.cli;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.nnks.core.io.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks shell}: JShell with the library on the class path and its names imported. */
@Command(
    name = "shell",
    description = "Opens JShell with the library imported, or runs a script with it.",
    mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {

  /** Names the folder of the project, where the scripts are; set by the launcher. */
  static final String HOME = "nnks.home";

  /** Lines that the shell greets with: a solve, its path, a mean. */
  static final List<String> TO_TRY =
      List.of(
          "solve(\"rbc --out runs/rbc\")",
          "var path = PathCsv.read(Path.of(\"runs/rbc/path.csv\"))",
          "path.series(\"K\").mean()");

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "SCRIPT", description = "JShell scripts to run")
  private List<Path> scripts = new ArrayList<>();

  /** Created by picocli. */
  ShellCommand() {}

  @Override
  public Integer call() throws Exception {
    Path startup = Path.of(System.getProperty(HOME, "."), "scripts", "jshell", "startup.jsh");
    if (!Files.isReadable(startup)) {
      throw new InvalidInputException(
          "%s cannot be read: start nnks by its launcher, or from the folder of the project"
              .formatted(startup));
    }
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--execution", "local", "--feedback", "concise"));
    arguments.addAll(
        List.of("--class-path", String.join(File.pathSeparator, Economies.classPath())));
    arguments.addAll(List.of("--startup", "DEFAULT", "--startup", startup.toString()));
    for (Path script : scripts) {
      if (!Files.isReadable(script)) {
        throw new InvalidInputException(
            "%s cannot be read: check that the file exists and that you may read it"
                .formatted(script));
      }
      arguments.add(script.toString());
    }
    if (scripts.isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("nnks(\"...\") runs any command, /exit leaves. Three lines to try:");
      TO_TRY.forEach(line -> out.println("  " + line));
      out.flush();
    }
    try {
      return JavaShellToolBuilder.builder().start(arguments.toArray(String[]::new));
    } catch (LinkageError e) {
      throw new InvalidInputException(
          "this Java has no JShell: use a JDK, not a JRE, of version 17 or later", e);
    }
  }
}
