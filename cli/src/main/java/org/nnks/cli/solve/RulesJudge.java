package org.nnks.cli.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nnks.cli.models.DeclaredMethods;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.progress.Progress;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.SecondMoment;
import org.nnks.core.forecast.CurvedRegression;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.RepeatedTransition;
import org.nnks.core.sequence.RulesError;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.sequence.SequenceSolution;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.CurvedRules;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverState;
import org.nnks.core.solve.Status;

/** Judges the forecast rules of a run by an equilibrium without rules on the same shocks. */
final class RulesJudge {

  /** What is held against lines. */
  private static final Map<String, CurvedRules.Form> FORMS =
      new TreeMap<>(
          Map.of("parabolas", CurvedRegression::parabolas, "network", CurvedRegression::network));

  private RulesJudge() {}

  /**
   * The error of the rules.
   *
   * @throws InvalidInputException if the run's agents cannot do without rules, or a state never
   *     comes
   */
  static RulesError judge(SolvedRun<?> run, Progress progress) {
    int[] shocks = Shocks.read(run.folder(), run.economy());
    int burnIn = run.settings().solver().burnIn();
    try (BellmanSolver solver = run.restore(Devices.of(run.settings()))) {
      progress.part("simulating the run again");
      BellmanSolution agents = solver.current(run.rules());
      SimulatedPath path = new EconomySimulator().simulate(agents.policies(), shocks);
      RepeatedTransition method =
          new RepeatedTransition(
              run.entry().sequence(run.settings()),
              (iteration, change, state) ->
                  progress.part(
                      "without rules: iteration %d, change of the path %.1e"
                          .formatted(iteration, change)));
      SequenceAgents sequence = sequence(run, agents);
      SequenceSolution solution = method.solve(sequence, path);
      Optional<SequenceSolution> half = half(run, agents, shocks, method);
      return RulesError.of(
          run.economy().aggregate(),
          path,
          solution,
          half,
          burnIn,
          sequence.lossOf(),
          agents.followsRules() ? others(run, solver, path, solution, progress) : Optional.empty());
    }
  }

  /**
   * What rules of each form get wrong when agents have settled on them. Nothing where agents would
   * have to be trained for them. Afterwards the solver's agents are no longer the run's.
   */
  private static Optional<List<RulesError.OtherRules>> others(
      SolvedRun<?> run,
      BellmanSolver solver,
      SimulatedPath byRules,
      SequenceSolution solution,
      Progress progress) {
    if (run.settings().method().trains() || !solution.converged()) {
      return Optional.empty();
    }
    SimulatedPath truth = solution.path();
    int burnIn = run.settings().solver().burnIn();
    List<RulesError.OtherRules> all = new ArrayList<>();
    all.add(RulesError.OtherRules.of("lines", 0, true, byRules, truth, burnIn));
    FORMS.forEach(
        (name, form) -> {
          progress.part("solving with rules of another form: " + name);
          try {
            CurvedRules found =
                CurvedRules.solve(
                    form,
                    run.economy(),
                    solver,
                    truth,
                    burnIn,
                    run.settings().solver().tolerance());
            all.add(
                RulesError.OtherRules.of(
                    name, found.iterations(), found.converged(), found.path(), truth, burnIn));
          } catch (DivergedException e) {
            // No market clears by rules of this form: there is no path to compare.
          }
        });
    secondMoment(run, truth, progress).ifPresent(all::add);
    return Optional.of(List.copyOf(all));
  }

  /**
   * What lines in one moment more get wrong: for declared economies with one, whose projections
   * take any number.
   */
  private static <C extends Record> Optional<RulesError.OtherRules> secondMoment(
      SolvedRun<C> run, SimulatedPath truth, Progress progress) {
    Optional<DeclaredEconomy> declared = run.entry().declaration(run.manifest().calibration());
    RunSettings settings = run.settings();
    if (settings.method() != RunSettings.Method.PROJECTION
        || declared.filter(economy -> economy.moments().size() == 1).isEmpty()) {
      return Optional.empty();
    }
    DeclaredEconomy economy = SecondMoment.of(declared.get(), truth.meanAgents(), run.rules());
    progress.part("solving with rules of another form: second moment");
    try (BellmanSolver solver = DeclaredMethods.open(economy, settings, Devices.of(settings))) {
      Solution found =
          new KrusellSmithSolver(settings.solver())
              .solve(
                  economy,
                  solver,
                  truth.stateArray(),
                  SolverState.initial(economy.coldStart().orElseThrow()),
                  new Seeds(settings.seed()));
      return Optional.of(
          RulesError.OtherRules.of(
              "second moment",
              found.history().size(),
              found.status() == Status.CONVERGED,
              found.path(),
              truth,
              settings.solver().burnIn()));
    } catch (InvalidInputException | DivergedException e) {
      return Optional.empty(); // a state has too few visits for a line more, or no market clears
    }
  }

  /**
   * The same on the first half of the shocks; nothing if they leave out a state, or no market
   * clears.
   */
  private static Optional<SequenceSolution> half(
      SolvedRun<?> run, BellmanSolution agents, int[] shocks, RepeatedTransition method) {
    int[] first = Arrays.copyOf(shocks, shocks.length / 2);
    try {
      SimulatedPath path = new EconomySimulator().simulate(agents.policies(), first);
      return Optional.of(method.solve(sequence(run, agents), path));
    } catch (InvalidInputException | DivergedException e) {
      return Optional.empty();
    }
  }

  private static SequenceAgents sequence(SolvedRun<?> run, BellmanSolution agents) {
    return run.entry()
        .withoutRules(agents)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "certify --rules cannot go on from %s by --method %s: solve it by --method projection"
                        .formatted(run.entry().name(), run.settings().method().label())));
  }
}
