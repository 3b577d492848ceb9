package org.nnks.ddpg;

import java.util.Map;
import java.util.TreeMap;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.ddpg.environments.HouseholdEnvironment;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.LogLinearConsumption;
import org.nnks.krusellsmith.Rbc;
import org.nnks.krusellsmith.RepresentativeSolution;

/**
 * Reinforcement learning as the solver of the agents' problem in the Krusell-Smith loop. Learned
 * agents know the law of motion from the economies they lived in, so forecast rules change nothing:
 * the first solve trains, later ones give the same decisions, and the loop only fits rules to their
 * history. Simulation, accuracy and reports are those of every other method. Not thread-safe.
 *
 * <p>The change of a solution is, with polishing, the larger of its last change of log c and of the
 * actor's error; without, the actor's distance from its target copy, {@link
 * Ddpg#distanceFromTarget}: whether the policy still moves. Neither says that it is optimal, which
 * its Euler errors do.
 *
 * <p>A state holds the whole learner, so that a restored one does not train again.
 */
public final class DdpgSolver implements BellmanSolver {

  /** Agents in an economy of households; Liu (2024) section 2.3. */
  public static final int AGENTS = 100;

  /** Half-width of k around the steady state from which representative agents start. */
  public static final double GROWTH_WIDTH = 0.55;

  /**
   * The actor's distance from its target copy, in log c, up to which a training by gradients alone
   * counts as settled: a change of consumption of that size makes an Euler error of 1e-3, which is
   * the project's limit for their mean.
   */
  public static final double SETTLED = 1e-3;

  private static final String TRAINED = "solver.trained";

  /** Turns a trained learner into a solution. */
  private interface Solved {
    BellmanSolution of(Ddpg ddpg, ForecastRules rules, int steps, double change, boolean met);
  }

  private final Ddpg ddpg;
  private final Polish polish;
  private final DdpgListener listener;
  private final ForecastRules coldStart;
  private final Solved solved;
  private boolean trained;
  private double change = Double.POSITIVE_INFINITY;
  private boolean converged;

  private DdpgSolver(
      Ddpg ddpg, Polish polish, DdpgListener listener, ForecastRules coldStart, Solved solved) {
    this.ddpg = ddpg;
    this.polish = polish;
    this.listener = listener;
    this.coldStart = coldStart;
    this.solved = solved;
  }

  /**
   * A solver of the households' problem.
   *
   * @param config such as {@link DdpgConfig#HOUSEHOLDS}
   * @param polish what ends the training, such as {@link EulerConfig#HOUSEHOLDS}; null for nothing
   */
  public static DdpgSolver of(
      KrusellSmith economy,
      DdpgConfig config,
      Polish polish,
      DdpgListener listener,
      Device device,
      Seeds seeds) {
    Ddpg ddpg = new Ddpg(new HouseholdEnvironment(economy, AGENTS), config, device, seeds);
    return new DdpgSolver(
        ddpg,
        polish,
        listener,
        economy.representativeRules(),
        (learner, rules, steps, change, met) ->
            new HouseholdSolution(economy, new DdpgHouseholds(learner), rules, steps, change, met));
  }

  /**
   * A solver of the representative agent's problem.
   *
   * @param config such as {@link DdpgConfig#STANDARD}
   * @param polish what ends the training, such as {@link PolishConfig#STANDARD}; null for nothing
   */
  public static DdpgSolver of(
      Rbc economy,
      DdpgConfig config,
      Polish polish,
      DdpgListener listener,
      Device device,
      Seeds seeds) {
    Ddpg ddpg =
        new Ddpg(GrowthEnvironment.of(economy.calibration(), GROWTH_WIDTH), config, device, seeds);
    return new DdpgSolver(
        ddpg,
        polish,
        listener,
        LogLinearConsumption.of(economy).rules(),
        (learner, rules, steps, change, met) ->
            new RepresentativeSolution(
                economy, new DdpgGrowth(economy, learner), rules, steps, change, met));
  }

  @Override
  public BellmanSolution solve(ForecastRules rules) {
    int steps = 0;
    if (!trained) {
      long before = ddpg.iteration();
      ddpg.train(listener);
      steps = (int) (ddpg.iteration() - before);
      if (polish == null) {
        change = ddpg.distanceFromTarget();
        converged = change <= SETTLED;
      } else {
        PolishReport report = ddpg.polish(polish, listener);
        change = Math.max(report.changes().last(), report.actorError());
        converged = report.converged();
        steps += report.changes().size();
      }
      trained = true;
    }
    return solved.of(ddpg, rules, steps, change, converged);
  }

  @Override
  public BellmanSolution current(ForecastRules rules) {
    return solved.of(ddpg, rules, 0, change, converged);
  }

  /** The learner, such as for its progress. */
  public Ddpg learner() {
    return ddpg;
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>(ddpg.state());
    state.put(TRAINED, new double[] {trained ? 1 : 0, change, converged ? 1 : 0});
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    ddpg.restore(state);
    double[] progress = state.get(TRAINED);
    if (progress != null) {
      trained = progress[0] != 0;
      change = progress[1];
      converged = progress[2] != 0;
    }
  }

  @Override
  public ForecastRules coldStart() {
    return coldStart;
  }

  @Override
  public void close() {
    ddpg.close();
  }
}
