package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.progress.ExitCode;
import picocli.CommandLine;

/** What bash offers after {@code source <(nnks generate-completion)}. */
@EnabledIf("bash")
class CompletionTest {

  /** Completes the last word of every line as bash does; prints what is offered, a line each. */
  private static final String COMPLETE =
      """
      while read -r -a COMP_WORDS; do
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        [ "${COMP_WORDS[COMP_CWORD]}" != NOTHING ] || COMP_WORDS[COMP_CWORD]=
        _complete_nnks 2>/dev/null
        echo "${COMPREPLY[*]}"
      done
      """;

  @TempDir private Path folder;

  static boolean bash() {
    return Files.isExecutable(Path.of("/bin/bash"));
  }

  private List<List<String>> offered(List<String> lines) throws IOException, InterruptedException {
    Command generated = Command.run("generate-completion");
    assertThat(generated.exitCode()).isEqualTo(ExitCode.OK);
    Path script = Files.writeString(folder.resolve("complete.sh"), generated.out() + COMPLETE);
    Path input = Files.write(folder.resolve("lines.txt"), lines);
    Path output = folder.resolve("offered.txt");
    int exitCode =
        new ProcessBuilder("/bin/bash", script.toString())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    assertThat(exitCode).isZero();
    return Files.readAllLines(output).stream().map(line -> List.of(line.split(" "))).toList();
  }

  @Test
  void offersEveryCommandAndEveryOption() throws Exception {
    Map<String, CommandLine> commands = Nnks.commandLine().getSubcommands();
    List<String> lines = new ArrayList<>(List.of("nnks NOTHING"));
    commands.keySet().forEach(name -> lines.add("nnks " + name + " --"));
    List<List<String>> offered = offered(lines);
    assertThat(offered.get(0)).containsAll(commands.keySet());
    List<String> names = List.copyOf(commands.keySet());
    for (int i = 0; i < names.size(); i++) {
      List<String> options =
          commands.get(names.get(i)).getCommandSpec().options().stream()
              .filter(option -> !option.hidden())
              .map(option -> option.longestName())
              .toList();
      assertThat(offered.get(1 + i)).as(names.get(i)).containsAll(options);
    }
  }

  @Test
  void offersModels() throws Exception {
    List<List<String>> offered =
        offered(List.of("nnks solve kh", "nnks transition NOTHING", "nnks models NOTHING"));
    assertThat(offered.get(0)).containsExactly("khan-thomas");
    assertThat(offered.subList(1, 3))
        .allSatisfy(names -> assertThat(names).contains("bloom", "inventories", "krusell-smith"));
  }
}
