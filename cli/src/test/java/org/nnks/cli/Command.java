package org.nnks.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs the command in this process and keeps what it printed. */
record Command(int exitCode, String out, String err) {

  static Command run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Nnks.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    int exitCode = command.execute(arguments);
    return new Command(exitCode, out.toString(), err.toString());
  }

  /**
   * The words that run it in a process of its own. Only the first compiler works there: what is
   * over in seconds would spend half of its processor time in the second.
   *
   * @param options of Java
   */
  static List<String> elsewhere(List<String> options, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-Djava.awt.headless=true", "-Dai.djl.offline=true"));
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Nnks.class.getName()));
    words.addAll(arguments);
    return words;
  }
}
