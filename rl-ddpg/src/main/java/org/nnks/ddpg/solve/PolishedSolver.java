package org.nnks.ddpg.solve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.projection.GrowthProjection;
import org.nnks.krusellsmith.projection.HouseholdProjection;
import org.nnks.krusellsmith.projection.ProjectionConfig;
import org.nnks.krusellsmith.projection.ProjectionListener;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcRule;
import org.nnks.krusellsmith.rbc.RepresentativeAgent;
import org.nnks.krusellsmith.rbc.RepresentativeSolution;

/**
 * A learned policy from which a projection goes on: its accuracy is the projection's. Beside it
 * stand what was learned, and the projection without it.
 *
 * @param <R> the type of decision rules
 */
public final class PolishedSolver<R> implements BellmanSolver {

  /** Before the name of a statistic: of gradients alone. */
  public static final String UNPOLISHED = "gradients alone: ";

  /** Before the name of a statistic: of the projection that starts from nothing learned. */
  public static final String UNLEARNED = "no learning: ";

  /** Before the name of a statistic: of what is reported. */
  public static final String POLISHED = "polished: ";

  /** A projection that may start from any rule. */
  private interface Projection<R> extends AutoCloseable {

    BellmanSolution from(R start, ForecastRules rules);

    BellmanSolution fromNothing(ForecastRules rules);

    /** Nothing where solving again takes no longer than reading. */
    default Map<String, double[]> state() {
      return Map.of();
    }

    default void restore(Map<String, double[]> state) {}

    @Override
    default void close() {}
  }

  private final LearningSolver<R> learning;
  private final Projection<R> projection;
  private final String statistic;

  private PolishedSolver(LearningSolver<R> learning, Projection<R> projection, String statistic) {
    this.learning = learning;
    this.projection = projection;
    this.statistic = statistic;
  }

  /** Learned households, polished. */
  public static PolishedSolver<HouseholdRule> of(
      KrusellSmith economy,
      LearningSolver<HouseholdRule> learning,
      ProjectionConfig config,
      ProjectionListener listener,
      Device device,
      Seeds seeds) {
    HouseholdProjection polish = new HouseholdProjection(economy, config, listener, device, seeds);
    HouseholdProjection alone = new HouseholdProjection(economy, config, listener, device, seeds);
    return new PolishedSolver<>(
        learning,
        new Projection<>() {
          @Override
          public BellmanSolution from(HouseholdRule start, ForecastRules rules) {
            return polish.solve(rules, start);
          }

          @Override
          public BellmanSolution fromNothing(ForecastRules rules) {
            return alone.solve(rules);
          }

          @Override
          public Map<String, double[]> state() {
            return polish.state();
          }

          @Override
          public void restore(Map<String, double[]> state) {
            polish.restore(state);
          }

          @Override
          public void close() {
            polish.close();
            alone.close();
          }
        },
        HouseholdSolution.LOG10_EULER);
  }

  /** A learned representative agent, polished. */
  public static PolishedSolver<RbcRule> of(
      Rbc economy, LearningSolver<RbcRule> learning, ProjectionListener listener, Seeds seeds) {
    BiFunction<RbcRule, ForecastRules, BellmanSolution> solve =
        (start, rules) ->
            new RepresentativeAgent(
                    economy, it -> GrowthProjection.solve(it, start, listener, seeds))
                .solve(rules);
    return new PolishedSolver<>(
        learning,
        new Projection<>() {
          @Override
          public BellmanSolution from(RbcRule start, ForecastRules rules) {
            return solve.apply(start, rules);
          }

          @Override
          public BellmanSolution fromNothing(ForecastRules rules) {
            return solve.apply(null, rules);
          }
        },
        RepresentativeSolution.SQUARE_NARROW);
  }

  /** What learned. */
  public LearningSolver<R> learning() {
    return learning;
  }

  @Override
  public BellmanSolution solve(ForecastRules rules) {
    learning.solve(rules);
    return projection.from(learning.rule(), rules);
  }

  @Override
  public BellmanSolution current(ForecastRules rules) {
    return projection.from(learning.rule(), rules);
  }

  /**
   * The mean Euler error, and mean K on the shocks of a path: of what is reported, of gradients
   * alone, and of the projection without learning.
   */
  public Map<String, Double> statistics(
      BellmanSolution polished, SimulatedPath path, int burnIn, Seeds seeds) {
    Map<String, Double> statistics = new LinkedHashMap<>();
    add(statistics, POLISHED, polished, path, burnIn, seeds);
    BellmanSolution learned = learning.current(polished.rules());
    add(statistics, UNPOLISHED, learned, path, burnIn, seeds);
    add(statistics, UNLEARNED, projection.fromNothing(polished.rules()), path, burnIn, seeds);
    return statistics;
  }

  private void add(
      Map<String, Double> statistics,
      String prefix,
      BellmanSolution solution,
      SimulatedPath path,
      int burnIn,
      Seeds seeds) {
    SimulatedPath own = new EconomySimulator().simulate(solution.policies(), path.stateArray());
    statistics.put(prefix + statistic, solution.errors(own, burnIn, seeds).get(statistic).mean());
    statistics.put(prefix + "mean K", own.capital().slice(burnIn, own.periods()).mean());
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>(learning.state());
    state.putAll(projection.state());
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    learning.restore(state);
    projection.restore(state);
  }

  @Override
  public ForecastRules coldStart() {
    return learning.coldStart();
  }

  @Override
  public void close() {
    projection.close();
    learning.close();
  }
}
