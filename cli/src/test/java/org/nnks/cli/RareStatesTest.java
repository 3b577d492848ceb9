package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.models.KhanThomasEntry;
import org.nnks.cli.models.KrusellSmithEntry;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.RbcEntry;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.RulesFile;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.ShockFile;
import org.nnks.core.io.StrictJson;

/** Aggregate states that a history visits rarely or never. */
class RareStatesTest {

  @TempDir private Path folder;

  private Command run(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("--out", folder.resolve("run").toString(), "--quiet"));
    return Command.run(arguments.toArray(String[]::new));
  }

  @Test
  void anAgentWhoFollowsNoRulesNeedsNoVisits() {
    Command command =
        run(
            "solve",
            "rbc",
            "--set=productivity.persistence=0.99",
            "--periods=400",
            "--burn-in=100");
    assertThat(command.err()).isEmpty();
    assertThat(command.exitCode()).isEqualTo(ExitCode.OK);
    RunFolder run = new RunFolder(folder.resolve("run"));
    assertThat(ShockFile.read(run.shocks(), 7)).doesNotContain(0); // or this tests nothing
    assertThat(StrictJson.read(run.rules(), RulesFile.class).used().states()).isEqualTo(7);
  }

  @Test
  void firmsThatFollowRulesAreToldWhatToDo() {
    Command command =
        run(
            "solve",
            "khan-thomas",
            "--method=exact",
            "--set=aggregateStates=15",
            "--periods=300",
            "--burn-in=100");
    assertThat(command.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(command.err())
        .contains(
            "needs at least 3: simulate more periods, shorten --burn-in, or take fewer states");
  }

  /** What an entry says before a solve is what the solution says. */
  @Test
  void entriesKnowWhoFollowsRules() {
    agrees(new RbcEntry());
    agrees(new KrusellSmithEntry());
    agrees(new KhanThomasEntry());
  }

  private static <C extends Record> void agrees(ModelEntry<C> entry) {
    RunSettings settings = entry.settings(RunSettings.Method.EXACT, RunSettings.Preset.DEFAULT);
    try (BellmanSolver solver = entry.open(entry.calibration(), settings, Devices.of(settings))) {
      assertThat(entry.followsRules(RunSettings.Method.EXACT))
          .as(entry.name())
          .isEqualTo(solver.current(solver.coldStart()).followsRules());
    }
  }
}
