package org.nnks.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.nnks.core.io.InvalidInputException;

/**
 * Scripts of JShell, run from their first line to their last, to {@code /exit}, or to the first
 * snippet that fails. They share their variables.
 */
final class ShellScript implements AutoCloseable {

  /** The command of JShell that ends a script; it has no meaning in the language. */
  private static final String EXIT = "/exit";

  private final JShell shell;
  private final PrintWriter err;

  /** A shell in this process, with the library on its class path. */
  ShellScript(List<String> classPath, PrintWriter err) {
    this.err = err;
    shell = JShell.builder().executionEngine("local").build();
    classPath.forEach(shell::addToClasspath);
  }

  /**
   * Runs a script; false if it failed, with a sentence printed.
   *
   * @throws InvalidInputException if it cannot be read
   */
  boolean run(Path script) {
    List<String> lines = read(script);
    String pending = "";
    int first = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (pending.isEmpty()) {
        first = i + 1;
        if (lines.get(i).strip().equals(EXIT)) {
          return true;
        }
      }
      pending += lines.get(i) + "\n";
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(pending);
      while (next.completeness().isComplete()) {
        Optional<String> fault = eval(next.source());
        if (fault.isPresent()) {
          complain(script, first, next.source(), fault.get());
          return false;
        }
        pending = next.remaining();
        next = shell.sourceCodeAnalysis().analyzeCompletion(pending);
      }
      if (next.completeness() == Completeness.EMPTY) {
        pending = "";
      }
    }
    if (!pending.isEmpty()) {
      complain(script, first, pending, "is no complete snippet");
    }
    return pending.isEmpty();
  }

  private static List<String> read(Path script) {
    try {
      return Files.readAllLines(script);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: check that the file exists and that you may read it"
              .formatted(script),
          e);
    }
  }

  private Optional<String> eval(String source) {
    return shell.eval(source).stream().map(this::fault).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> fault(SnippetEvent event) {
    if (event.status() == Snippet.Status.REJECTED) {
      return Optional.of(
          "does not compile: "
              + shell
                  .diagnostics(event.snippet())
                  .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                  .collect(Collectors.joining("; ")));
    }
    return Optional.ofNullable(event.exception()).map(ShellScript::thrown);
  }

  private static String thrown(JShellException exception) {
    return exception instanceof EvalException thrown
        ? "threw %s: %s".formatted(thrown.getExceptionClassName(), thrown.getMessage())
        : "failed: " + exception.getMessage();
  }

  private void complain(Path script, int line, String source, String fault) {
    err.printf(
        "nnks: %s, line %d: '%s' %s%n",
        script, line, source.strip().lines().findFirst().orElse(""), fault);
    err.flush();
  }

  @Override
  public void close() {
    shell.close();
  }
}
