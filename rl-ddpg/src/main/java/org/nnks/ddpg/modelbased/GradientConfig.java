package org.nnks.ddpg.modelbased;

import java.util.List;
import org.nnks.core.nets.Activation;

/**
 * How {@link ModelBasedGradient} learns. docs/rl.md has what each choice is worth, measured.
 *
 * @param networks shapes
 * @param targets what the critic and the actor aim at
 * @param schedule how long and how fast
 */
public record GradientConfig(Networks networks, Targets targets, Schedule schedule) {

  /**
   * Shapes of networks.
   *
   * @param hidden widths of the hidden layers of actor, critic and summary network
   * @param activation after each of them: tanh or SiLU
   * @param summaryOutputs statistics S of the cross-section that stand in for K, Liu (2024)
   *     equation (9); 0 for K itself
   */
  public record Networks(List<Integer> hidden, Activation activation, int summaryOutputs) {

    /** Checks the ranges. */
    public Networks {
      hidden = List.copyOf(hidden);
      require(!hidden.isEmpty(), "at least 1 hidden layer", hidden);
      require(activation != Activation.RELU, "smooth slopes: TANH or SILU", activation);
      require(summaryOutputs >= 0, "summaryOutputs of at least 0", summaryOutputs);
    }
  }

  /**
   * What critic and actor aim at.
   *
   * @param quadrature whether expectations over the next shocks are sums over all of them, or one
   *     draw
   * @param slopeWeight weight of the error in dV/dk, relative to a typical slope, beside that in V
   * @param follow tau: target = (1 - tau) target + tau network
   */
  public record Targets(boolean quadrature, double slopeWeight, double follow) {

    /** Checks the ranges. */
    public Targets {
      require(slopeWeight >= 0, "a slopeWeight of at least 0", slopeWeight);
      require(follow > 0 && follow <= 1, "follow in (0, 1]", follow);
    }
  }

  /**
   * How long and how fast.
   *
   * @param iterations after which training ends
   * @param warmup first iterations, in which the critic learns what keeping capital is worth and
   *     the actor does not move: from a critic without slope it would learn to consume everything
   * @param rate learning rate of both networks at the start
   * @param finalRate the same at the end, reached along a cosine
   * @param sections cross-sections in a minibatch
   * @param members rows taken from each of them
   * @param averaging share of the actor in each update of the average of its path, which is what is
   *     reported; in (0, 1]
   */
  public record Schedule(
      int iterations,
      int warmup,
      double rate,
      double finalRate,
      int sections,
      int members,
      double averaging) {

    /** Checks the ranges. */
    public Schedule {
      require(iterations > 0, "at least 1 iteration", iterations);
      require(warmup >= 0, "a warmup of at least 0 iterations", warmup);
      require(finalRate > 0 && finalRate <= rate, "0 < finalRate <= rate, with a rate", rate);
      require(sections > 0 && members > 0, "at least 1 section and member", sections);
      require(averaging > 0 && averaging <= 1, "averaging in (0, 1]", averaging);
    }

    /** The learning rate of an iteration, counted from 1. */
    double rate(long iteration) {
      double progress = Math.min(1, (iteration - 1) / (double) iterations);
      return finalRate + (rate - finalRate) * (1 + Math.cos(Math.PI * progress)) / 2;
    }
  }

  private static final Networks NETWORKS = new Networks(List.of(32, 32), Activation.SILU, 0);

  /** For one agent. */
  public static final GradientConfig GROWTH =
      new GradientConfig(
          NETWORKS,
          new Targets(true, 1, .02),
          new Schedule(20_000, 1_000, 1e-3, 1e-5, 128, 1, 1e-2));

  /** For households that see K. */
  public static final GradientConfig HOUSEHOLDS =
      new GradientConfig(
          NETWORKS, new Targets(true, 1, .1), new Schedule(8_000, 200, 1e-3, 1e-5, 8, 32, 1e-2));

  /** For households that see four learned statistics of the cross-section in the place of K. */
  public static final GradientConfig HOUSEHOLDS_SUMMARY = HOUSEHOLDS.withSummary(4);

  private static void require(boolean condition, String rule, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(
          "a model-based gradient needs %s but got %s".formatted(rule, value));
    }
  }

  /** These settings with other networks. */
  public GradientConfig withNetworks(Networks networks) {
    return new GradientConfig(networks, targets, schedule);
  }

  /** These settings with a summary of so many statistics; 0 for none. */
  public GradientConfig withSummary(int outputs) {
    return withNetworks(new Networks(networks.hidden(), networks.activation(), outputs));
  }

  /** These settings with other targets. */
  public GradientConfig withTargets(Targets targets) {
    return new GradientConfig(networks, targets, schedule);
  }

  /** These settings with another schedule. */
  public GradientConfig withSchedule(Schedule schedule) {
    return new GradientConfig(networks, targets, schedule);
  }

  /** These settings with another number of iterations. */
  public GradientConfig withIterations(int iterations) {
    return withSchedule(
        new Schedule(
            iterations,
            schedule.warmup(),
            schedule.rate(),
            schedule.finalRate(),
            schedule.sections(),
            schedule.members(),
            schedule.averaging()));
  }
}
