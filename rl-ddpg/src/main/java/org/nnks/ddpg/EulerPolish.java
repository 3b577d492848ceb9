package org.nnks.ddpg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Vector;
import org.nnks.ddpg.environments.ChainShock;
import org.nnks.ddpg.environments.HouseholdEnvironment;
import org.nnks.ddpg.environments.Shock;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * Fits output layers of the actor, one for each exogenous state, to its own Euler equation by least
 * squares: in the economy by which a policy is judged, Young's histogram with the chains of both
 * shocks, on households that are met there and on households placed anywhere in it ({@link
 * HouseholdSample}, {@link EulerEquation}). The critic has no part in it: at the best action the
 * envelope theorem gives V_k = (1 + r) / c, and the first-order condition becomes an equation of
 * the actor alone. Hidden layers stay as gradient descent has left them.
 *
 * <p>Histories start with equal wealth, as all of them do, so that the distributions of each age
 * are met that an evaluation meets.
 *
 * <p>This is not part of Algorithm 1. It is fitted time iteration (Coleman 1990, Journal of
 * Business and Economic Statistics 8), a projection method (Judd 1992, Journal of Economic Theory
 * 58) that starts from what Algorithm 1 has learned, and uses its features.
 */
final class EulerPolish {

  /** Nodes of the histograms: a sample needs their means only, not each cell. */
  private static final int NODES = 200;

  private final Ddpg ddpg;
  private final EulerConfig config;
  private final DdpgListener listener;
  private final HouseholdEnvironment environment;
  private final KrusellSmith economy;

  EulerPolish(Ddpg ddpg, EulerConfig config, DdpgListener listener) {
    if (!(ddpg.environment() instanceof HouseholdEnvironment households)
        || ddpg.config().action() != DdpgConfig.ActionKind.CAPPED_SHARE
        || ddpg.config().summaryOutputs() > 0) {
      throw new IllegalArgumentException(
          "polishing on the Euler equation is for households who decide on a capped share of cash and see K but no summary; this learner is of %s, with action %s and %d summaries"
              .formatted(
                  ddpg.environment().name(),
                  ddpg.config().action(),
                  ddpg.config().summaryOutputs()));
    }
    this.ddpg = ddpg;
    this.config = config;
    this.listener = listener;
    environment = households;
    economy = new KrusellSmith(households.economy().calibration().withHistogramNodes(NODES));
  }

  PolishReport run() {
    List<Double> changes = new ArrayList<>();
    EulerEquation.Step step = null;
    ddpg.actor().setHeads(ddpg.actor().copies());
    for (int round = 0; round < config.rounds(); round++) {
      RandomGenerator random = ddpg.seeds().stream("euler", round);
      HouseholdSample sample =
          HouseholdSample.of(
              economy, simulate(random), config.classes(), config.anywhere(), random);
      EulerEquation equation = new EulerEquation(ddpg, environment, sample);
      boolean settled = false;
      for (int i = 0; i < config.iterations() && !settled; i++) {
        step = equation.iterate();
        settled = step.change() <= config.tolerance();
        if (!Double.isFinite(step.change())) {
          throw new TrainingDivergedException(
              "polishing diverged in round %d, iteration %d: train longer before it, or on more households"
                  .formatted(round + 1, i + 1));
        }
        changes.add(step.change());
        listener.polishing(
            new PolishProgress(
                changes.size(),
                config.rounds() * config.iterations(),
                step.change(),
                step.error()));
      }
    }
    return new PolishReport(
        Vector.of(changes.stream().mapToDouble(Double::doubleValue).toArray()),
        Double.NaN,
        step.error(),
        step.change() <= config.tolerance() && step.error() <= config.actorTolerance());
  }

  /** Some histograms of a history in which all decide as learned. */
  private List<Households> simulate(RandomGenerator random) {
    HouseholdRule rule = new DdpgHouseholds(ddpg);
    Shock aggregate = new ChainShock(economy.aggregate());
    double[][] capital = new double[economy.states()][];
    Arrays.fill(capital, economy.capital().nodes().toArray());
    double[][] next = new double[capital.length][economy.capital().size()];
    Households households = Households.start(economy, economy.start().aggregateState());
    List<Households> kept = new ArrayList<>();
    for (int t = 1; t <= config.periods(); t++) {
      rule.nextCapital(households, capital, next);
      int z = (int) aggregate.draw(households.aggregateState(), 0, 0, random);
      households.advance(next, z);
      if (t > config.burnIn() && t % config.interval() == 0) {
        kept.add(households.copy());
      }
    }
    return kept;
  }
}
