package org.nnks.bloom;

import java.util.List;
import java.util.function.Supplier;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;

/** What solutions of the firms' problem have in common, whatever found them. */
public abstract class FirmSolution implements BellmanSolution {

  /**
   * How a solve ended.
   *
   * @param rules forecast rules that it was given
   * @param clearing how simulated markets clear
   * @param sweeps of the solver
   * @param change the solver's last change
   * @param converged whether it met the solver's tolerance
   */
  public record Solve(
      ForecastRules rules,
      JumpClearing.Rule clearing,
      int sweeps,
      double change,
      boolean converged) {}

  public final Bloom economy;
  public final ForecastRules rules;
  public final JumpClearing.Rule clearing;
  private final Solve solve;

  public FirmSolution(Bloom economy, Solve solve) {
    this.economy = economy;
    this.solve = solve;
    rules = solve.rules();
    clearing = solve.clearing();
  }

  @Override
  public final ForecastRules rules() {
    return rules;
  }

  @Override
  public final int sweeps() {
    return solve.sweeps();
  }

  @Override
  public final double change() {
    return solve.change();
  }

  @Override
  public final boolean converged() {
    return solve.converged();
  }

  /** Histories of firms that follow a rule, for one user at a time. */
  public final <D extends FirmChoices> Policies histories(
      Bloom firms, Supplier<DecisionRule<D>> rule, Supplier<D> buffer) {
    return () -> new FirmHistory<>(firms, rules, rule.get(), buffer, clearing);
  }

  /** Distributions over (z, k, n_-1). */
  @Override
  public final List<LabelledArray> arrays(SimulatedPath path, int burnIn) {
    Axis own = Axis.counted("z_index", path.finalAgents().rows());
    Axis capital = new Axis("k", economy.capital().nodes());
    Axis hours = new Axis("n", economy.hours().nodes());
    return List.of(
        LabelledArray.of("histogram", path.finalAgents(), own, capital, hours),
        LabelledArray.of("mean_histogram", path.meanAgents(), own, capital, hours));
  }
}
