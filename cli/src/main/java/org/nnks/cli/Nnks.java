package org.nnks.cli;

import ai.djl.engine.EngineException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nnks.cli.estimate.EstimateCommand;
import org.nnks.cli.models.Economies;
import org.nnks.cli.models.ModelsCommand;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.runs.CompareCommand;
import org.nnks.cli.runs.IrfCommand;
import org.nnks.cli.runs.ReportCommand;
import org.nnks.cli.solve.CertifyCommand;
import org.nnks.cli.solve.SimulateCommand;
import org.nnks.cli.solve.SolveCommand;
import org.nnks.cli.sweep.SweepCommand;
import org.nnks.cli.transition.SteadyStateCommand;
import org.nnks.cli.transition.TransitionCommand;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;
import org.nnks.core.numeric.DivergedException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code nnks}. */
@Command(
    name = "nnks",
    description = "Solves heterogeneous-agent economies with aggregate risk by Krusell-Smith.",
    mixinStandardHelpOptions = true,
    versionProvider = Nnks.Version.class,
    subcommands = {
      SolveCommand.class,
      SimulateCommand.class,
      CertifyCommand.class,
      SweepCommand.class,
      IrfCommand.class,
      SteadyStateCommand.class,
      TransitionCommand.class,
      EstimateCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      ModelsCommand.class,
      DoctorCommand.class,
      ShellCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class Nnks implements Runnable {

  private static final String TOO_LARGE =
      "the problem does not fit into the Java heap of %d MiB: make it smaller, or raise the heap, such as NNKS_JAVA_OPTS=-Xmx4g"
          .formatted(Runtime.getRuntime().maxMemory() / DoctorCommand.MEBIBYTE);

  @Spec private CommandSpec spec;

  @Option(
      names = Economies.OPTION,
      paramLabel = "FILE.jar",
      scope = ScopeType.INHERIT,
      description =
          "a jar that brings an economy of your own, for every command; may be repeated. Jars in"
              + " NNKS_CLASSPATH are always looked at")
  private List<Path> jars = new ArrayList<>();

  /** Created by {@link #main} and {@link #commandLine}. */
  public Nnks() {}

  /** Runs a command and ends the process with its exit code; see {@link ExitCode}. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // 0.5, not 0,5, wherever we are
    System.exit(run(arguments));
  }

  /** Runs a command in this process, as the shell does; its exit code, see {@link ExitCode}. */
  public static int run(String... arguments) {
    try {
      return commandLine().execute(arguments);
    } catch (OutOfMemoryError e) {
      return complain(new PrintWriter(System.err), TOO_LARGE);
    } catch (UnsatisfiedLinkError e) {
      return complain(new PrintWriter(System.err), noEngine(e));
    }
  }

  /** The command, ready to execute arguments; its streams can be replaced. */
  public static CommandLine commandLine() {
    return new CommandLine(new Nnks())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setExecutionStrategy(Nnks::execute)
        .setParameterExceptionHandler(Nnks::badArguments)
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
  }

  /** Runs the command with the economies that jars bring. */
  private static int execute(ParseResult parsed) {
    CommandLine command = parsed.commandSpec().commandLine();
    Nnks nnks = command.getCommand();
    if (nnks.jars.isEmpty()) {
      return new RunLast().execute(parsed);
    }
    Economies opened;
    try {
      opened = Economies.open(nnks.jars);
    } catch (InvalidInputException e) {
      return complain(command.getErr(), e.getMessage());
    }
    try {
      return new RunLast().execute(parsed);
    } finally {
      opened.close();
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int badArguments(ParameterException failure, String[] arguments) {
    String sentence = failure.getMessage();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      sentence = unknown(word, failure.getCommandLine());
    }
    return complain(failure.getCommandLine().getErr(), sentence);
  }

  private static String unknown(String word, CommandLine command) {
    if (word.startsWith("-")) {
      List<String> options =
          command.getCommandSpec().options().stream().map(o -> o.longestName()).toList();
      return "unknown option '%s'; %s"
          .formatted(word, Spelling.suggestion("option", word, options));
    }
    if (command.getSubcommands().isEmpty()) {
      return "'%s' is one argument too many for nnks %s".formatted(word, command.getCommandName());
    }
    return "unknown command '%s'; %s"
        .formatted(word, Spelling.suggestion("command", word, command.getSubcommands().keySet()));
  }

  private static int failed(Exception failure, CommandLine command) {
    if (failure instanceof InvalidInputException || failure instanceof UncheckedIOException) {
      return complain(command.getErr(), failure.getMessage());
    }
    if (failure instanceof DivergedException) {
      complain(command.getErr(), "not converged: " + failure.getMessage());
      return ExitCode.NOT_CONVERGED;
    }
    if (failure instanceof EngineException) {
      return complain(command.getErr(), noEngine(failure));
    }
    command.getErr().println("nnks: this is a bug; please report it with what follows:");
    failure.printStackTrace(command.getErr());
    return ExitCode.BUG;
  }

  private static String noEngine(Throwable failure) {
    return "the tensor engine cannot be used: %s; nnks doctor says what it found, and docs/gpu.md how its library is chosen"
        .formatted(reason(failure));
  }

  /** The first line of what went wrong at the root. */
  public static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    String line = message.lines().findFirst().orElse(root.toString());
    return root == failure ? line : "%s (%s)".formatted(failure.getMessage(), line);
  }

  private static int complain(PrintWriter err, String sentence) {
    err.println("nnks: " + sentence);
    err.flush();
    return ExitCode.BAD_INPUT;
  }

  /** The version, from the jar. */
  public static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Nnks.class.getPackage().getImplementationVersion();
      return new String[] {"nnks " + (version == null ? "development" : version)};
    }
  }
}
