package org.nnks.cli;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.nnks.cli.models.Economies;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.io.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks shell}: JShell with the library on the class path and its names imported. */
@Command(
    name = "shell",
    description = "Opens JShell with the library imported, or runs scripts with it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done; 1 a script failed, and a sentence says where; 2 bad input."})
final class ShellCommand implements Callable<Integer> {

  /** Names the folder of the project, where the scripts are; set by the launcher. */
  static final String HOME = "nnks.home";

  /** Lines that the shell greets with: a solve, a mean of its path, its responses. */
  static final List<String> TO_TRY =
      List.of(
          "var run = solve(\"rbc\")",
          "run.path().series(\"K\").mean()",
          "nnks(\"irf \" + run.folder() + \" --shock tfp\")");

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
    try {
      return scripts.isEmpty() ? interactive(startup) : run(startup);
    } catch (LinkageError e) {
      throw new InvalidInputException(
          "this Java has no JShell: use a JDK, not a JRE, of version 17 or later", e);
    }
  }

  /** Greets, and reads lines. */
  private int interactive(Path startup) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    out.println("nnks(\"...\") runs any command, /exit leaves. Three lines to try:");
    TO_TRY.forEach(line -> out.println("  " + line));
    out.flush();
    return JavaShellToolBuilder.builder()
        .start(
            "--execution",
            "local",
            "--feedback",
            "concise",
            "--class-path",
            String.join(File.pathSeparator, Economies.classPath()),
            "--startup",
            "DEFAULT",
            "--startup",
            startup.toString());
  }

  /** Runs the scripts to their ends, or to the first snippet that fails. */
  private int run(Path startup) {
    try (ShellScript shell = new ShellScript(Economies.classPath(), spec.commandLine().getErr())) {
      boolean well = shell.run(startup);
      for (Path script : scripts) {
        well = well && shell.run(script);
      }
      return well ? ExitCode.OK : ExitCode.NOT_CONVERGED;
    }
  }
}
