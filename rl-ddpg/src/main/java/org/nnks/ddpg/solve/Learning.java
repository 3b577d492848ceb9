package org.nnks.ddpg.solve;

import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.Ddpg;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.DdpgHouseholds;
import org.nnks.ddpg.DdpgListener;
import org.nnks.ddpg.Learner;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.ddpg.environments.GrowthRule;
import org.nnks.ddpg.environments.HouseholdEnvironment;
import org.nnks.ddpg.modelbased.GradientConfig;
import org.nnks.ddpg.modelbased.ModelBasedGradient;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.rbc.LogLinearConsumption;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcRule;
import org.nnks.krusellsmith.rbc.RepresentativeSolution;

/** Solvers that learn by gradients. */
public final class Learning {

  /** Agents in an economy of households; Liu (2024) section 2.3. */
  public static final int AGENTS = 100;

  /**
   * Half-width of k around the steady state from which representative agents start that learn with
   * a known model: somewhat wider than the narrow grid of their Euler errors.
   */
  public static final double MODEL_BASED_WIDTH = 0.3;

  /** The same for Algorithm 1: a little beyond the wide grid. */
  public static final double DDPG_WIDTH = 0.55;

  private Learning() {}

  /** Households by a gradient with a known model. */
  public static LearningSolver<HouseholdRule> modelBased(
      KrusellSmith economy,
      GradientConfig config,
      DdpgListener listener,
      Device device,
      Seeds seeds) {
    ModelBasedGradient learner = ModelBasedGradient.ofHouseholds(economy, config, device, seeds);
    return households(economy, learner, learner.rule(economy), listener);
  }

  /** Households by Algorithm 1 of Liu (2024). */
  public static LearningSolver<HouseholdRule> ddpg(
      KrusellSmith economy, DdpgConfig config, DdpgListener listener, Device device, Seeds seeds) {
    Ddpg learner = new Ddpg(new HouseholdEnvironment(economy, AGENTS), config, device, seeds);
    return households(economy, learner, new DdpgHouseholds(learner), listener);
  }

  private static LearningSolver<HouseholdRule> households(
      KrusellSmith economy, Learner learner, HouseholdRule rule, DdpgListener listener) {
    return new LearningSolver<>(
        learner,
        () -> rule,
        Yardstick.OfHouseholds.of(economy),
        (decided, rules, steps, change, met) ->
            new HouseholdSolution(economy, decided, rules, steps, change, met),
        solution -> ((HouseholdSolution) solution).rule(),
        economy.representativeRules(),
        listener);
  }

  /** The representative agent by a gradient with a known model. */
  public static LearningSolver<RbcRule> modelBased(
      Rbc economy, GradientConfig config, DdpgListener listener, Device device, Seeds seeds) {
    GrowthEnvironment environment = GrowthEnvironment.of(economy.calibration(), MODEL_BASED_WIDTH);
    ModelBasedGradient learner = ModelBasedGradient.ofAgents(environment, config, device, seeds);
    return growth(economy, learner, () -> learner.rule(economy, environment), listener);
  }

  /** The representative agent by Algorithm 1 of Liu (2024). */
  public static LearningSolver<RbcRule> ddpg(
      Rbc economy, DdpgConfig config, DdpgListener listener, Device device, Seeds seeds) {
    GrowthEnvironment environment = GrowthEnvironment.of(economy.calibration(), DDPG_WIDTH);
    Ddpg learner = new Ddpg(environment, config, device, seeds);
    return growth(
        economy,
        learner,
        () -> new GrowthRule(economy, environment, learner.frozenPolicy()),
        listener);
  }

  private static LearningSolver<RbcRule> growth(
      Rbc economy,
      Learner learner,
      java.util.function.Supplier<RbcRule> rule,
      DdpgListener listener) {
    return new LearningSolver<>(
        learner,
        rule,
        new Yardstick.OfGrowth(economy),
        (decided, rules, steps, change, met) ->
            new RepresentativeSolution(economy, decided, rules, steps, change, met),
        solution -> ((RepresentativeSolution) solution).rule(),
        LogLinearConsumption.of(economy).rules(),
        listener);
  }
}
