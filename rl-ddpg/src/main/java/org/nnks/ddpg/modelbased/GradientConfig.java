package org.nnks.ddpg.modelbased;

import java.util.List;
import org.nnks.core.nets.Activation;

/**
 * How {@link ModelBasedGradient} learns. docs/rl.md has what each choice is worth, measured.
 *
 * @param networks shapes
 * @param targets what the critic and the actor aim at
 * @param batches what is drawn from the replay
 * @param schedule how long and how fast
 */
public record GradientConfig(
    Networks networks, Targets targets, Batches batches, Schedule schedule) {

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
   * @param steps periods of rewards along a drawn path before V in what the critic aims at; 1 is u
   *     + beta E V'
   * @param horizon periods of a drawn path whose return the actor climbs, as in short-horizon
   *     actor-critic; 1 climbs u + beta E V'
   */
  public record Targets(
      boolean quadrature, double slopeWeight, double follow, int steps, int horizon) {

    /** Checks the ranges. */
    public Targets {
      require(slopeWeight >= 0, "a slopeWeight of at least 0", slopeWeight);
      require(follow > 0 && follow <= 1, "follow in (0, 1]", follow);
      require(steps >= 1, "at least 1 step", steps);
      require(horizon >= 1, "a horizon of at least 1", horizon);
    }

    /** Targets of one step. */
    public static Targets oneStep(boolean quadrature, double slopeWeight, double follow) {
      return new Targets(quadrature, slopeWeight, follow, 1, 1);
    }
  }

  /**
   * What is drawn from the replay in an iteration.
   *
   * @param sections cross-sections at the start
   * @param finalSections the same at the end, reached geometrically
   * @param members rows taken from each of them
   * @param priority the power of a row's last error in proportion to which it is drawn; 0 draws all
   *     alike
   */
  public record Batches(int sections, int finalSections, int members, double priority) {

    /** Checks the ranges. */
    public Batches {
      require(sections > 0 && members > 0, "at least 1 section and member", sections);
      require(finalSections >= sections, "finalSections of at least sections", finalSections);
      require(priority >= 0, "a priority of at least 0", priority);
    }

    /** Batches of one size, drawn alike. */
    public static Batches of(int sections, int members) {
      return new Batches(sections, sections, members, 0);
    }

    /** The cross-sections of a minibatch at a share of training. */
    int sections(double progress) {
      return (int) Math.round(sections * Math.pow(finalSections / (double) sections, progress));
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
   * @param averaging share of the actor in each update of the average of its path, which is what is
   *     reported; in (0, 1]
   */
  public record Schedule(
      int iterations, int warmup, double rate, double finalRate, double averaging) {

    /** Checks the ranges. */
    public Schedule {
      require(iterations > 0, "at least 1 iteration", iterations);
      require(warmup >= 0, "a warmup of at least 0 iterations", warmup);
      require(finalRate > 0 && finalRate <= rate, "0 < finalRate <= rate, with a rate", rate);
      require(averaging > 0 && averaging <= 1, "averaging in (0, 1]", averaging);
    }

    /** The share of training that is behind an iteration, counted from 1. */
    double progress(long iteration) {
      return Math.min(1, (iteration - 1) / (double) iterations);
    }

    /** The learning rate of an iteration, counted from 1. */
    double rate(long iteration) {
      return finalRate + (rate - finalRate) * (1 + Math.cos(Math.PI * progress(iteration))) / 2;
    }
  }

  private static final Networks NETWORKS = new Networks(List.of(32, 32), Activation.SILU, 0);

  /** For one agent. */
  public static final GradientConfig GROWTH =
      new GradientConfig(
          NETWORKS,
          Targets.oneStep(true, 1, .02),
          Batches.of(128, 1),
          new Schedule(20_000, 1_000, 1e-3, 1e-5, 1e-2));

  /** For households that see K. */
  public static final GradientConfig HOUSEHOLDS =
      new GradientConfig(
          NETWORKS,
          Targets.oneStep(true, 1, .1),
          Batches.of(8, 32),
          new Schedule(8_000, 200, 1e-3, 1e-5, 1e-2));

  /** For households that see four learned statistics of the cross-section in the place of K. */
  public static final GradientConfig HOUSEHOLDS_SUMMARY = HOUSEHOLDS.withSummary(4);

  private static void require(boolean condition, String rule, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(
          "a model-based gradient needs %s but got %s".formatted(rule, value));
    }
  }

  /** The cross-sections in the minibatch of an iteration, counted from 1. */
  int sections(long iteration) {
    return batches.sections(schedule.progress(iteration));
  }

  /** These settings with other networks. */
  public GradientConfig withNetworks(Networks networks) {
    return new GradientConfig(networks, targets, batches, schedule);
  }

  /** These settings with a summary of so many statistics; 0 for none. */
  public GradientConfig withSummary(int outputs) {
    return withNetworks(new Networks(networks.hidden(), networks.activation(), outputs));
  }

  /** These settings with other targets. */
  public GradientConfig withTargets(Targets targets) {
    return new GradientConfig(networks, targets, batches, schedule);
  }

  /** These settings with other minibatches. */
  public GradientConfig withBatches(Batches batches) {
    return new GradientConfig(networks, targets, batches, schedule);
  }

  /** These settings with another schedule. */
  public GradientConfig withSchedule(Schedule schedule) {
    return new GradientConfig(networks, targets, batches, schedule);
  }

  /** These settings with another number of iterations. */
  public GradientConfig withIterations(int iterations) {
    return withSchedule(
        new Schedule(
            iterations,
            schedule.warmup(),
            schedule.rate(),
            schedule.finalRate(),
            schedule.averaging()));
  }
}
