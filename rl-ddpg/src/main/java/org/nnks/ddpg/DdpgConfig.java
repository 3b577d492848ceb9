package org.nnks.ddpg;

import java.util.List;
import org.nnks.core.io.Records;
import org.nnks.core.nets.Activation;

/**
 * How {@link Ddpg} learns. Where Liu (2024) states a value, its place is given; what the paper
 * leaves open, or what goes beyond it, is marked "own". docs/rl.md lists the deviations.
 *
 * @param networks what actor and critic are
 * @param exploration how the economies live that they learn from
 * @param targets what the critic aims at
 * @param schedule how long and how fast
 */
public record DdpgConfig(
    Networks networks, Exploration exploration, Targets targets, Schedule schedule) {

  /** What the actor's output is. */
  public enum Action {
    /** The share of cash on hand that is consumed. */
    SHARE,
    /** The level of consumption, the paper's form, clipped to cash on hand. */
    LEVEL
  }

  /** How targets average over the next shocks. */
  public enum Expectation {
    /** The mean of draws: "multiple trajectories of the stochastic part", section 2.3. */
    DRAWS,
    /** Quadrature over the nodes of the shocks: exact for smooth values. */
    QUADRATURE
  }

  /**
   * What actor and critic are.
   *
   * @param hidden widths of their hidden layers; Table 2
   * @param activation after each hidden layer; section 3
   * @param summaryOutputs statistics S_t of the cross-section, equation (9); section 2.3 has 4, 0
   *     leaves the summary network out, so that agents see the means K and N only
   * @param summaryHidden widths of the hidden layers of the summary network; own
   * @param action what the actor's output is
   * @param anchored whether actor and critic learn their deviation from the policy that keeps
   *     capital and from its value, or everything; own
   */
  public record Networks(
      List<Integer> hidden,
      Activation activation,
      int summaryOutputs,
      List<Integer> summaryHidden,
      Action action,
      boolean anchored) {

    /** Checks the ranges. */
    public Networks {
      hidden = List.copyOf(hidden);
      summaryHidden = List.copyOf(summaryHidden);
      require(summaryOutputs >= 0, "summaryOutputs of at least 0", summaryOutputs);
      if (anchored && action == Action.LEVEL) {
        throw new IllegalArgumentException(
            "an anchored actor learns log odds of a share of cash: with actions in levels set anchored to false");
      }
    }

    /** These with other hidden layers of actor and critic. */
    public Networks withHidden(Integer... widths) {
      return Records.with(this, "hidden", List.of(widths));
    }

    /** These with another number of statistics of the cross-section. */
    public Networks withSummaryOutputs(int outputs) {
      return Records.with(this, "summaryOutputs", outputs);
    }

    /** These with another kind of action. */
    public Networks withAction(Action action) {
      return Records.with(this, "action", action);
    }

    /** These with networks that learn deviations, or everything. */
    public Networks withAnchored(boolean anchored) {
      return Records.with(this, "anchored", anchored);
    }
  }

  /**
   * How the economies live that actor and critic learn from.
   *
   * @param economies simulated side by side; own
   * @param episode periods after which an economy starts anew; own. The end of an episode is
   *     truncation: its last state is bootstrapped like any other
   * @param initialNoise standard deviation of exploration at the start, as a share of cash; section
   *     3
   * @param finalNoise the same at the end, reached geometrically; Table 2
   */
  public record Exploration(int economies, int episode, double initialNoise, double finalNoise) {

    /** Checks the ranges. */
    public Exploration {
      require(economies > 0, "at least 1 economy", economies);
      require(episode > 0, "episodes of at least 1 period", episode);
      require(
          finalNoise >= 0 && finalNoise <= initialNoise,
          "0 <= finalNoise <= initialNoise, with a finalNoise",
          finalNoise);
    }

    /** The noise at a share of training. */
    double noise(double progress) {
      return anneal(initialNoise, finalNoise, progress);
    }
  }

  /**
   * What the critic aims at.
   *
   * @param expectation how targets average over shocks
   * @param trajectories draws of the next shocks that are averaged in a target, if drawn; section
   *     2.3
   * @param twin whether the smaller of two critics makes the target; Fujimoto, van Hoof and Meger
   *     (2018), TD3
   * @param smoothing standard deviation of noise on the target's action, as a share of cash; TD3
   * @param scaledRewards whether rewards are multiplied with 1 - beta, so that values are of the
   *     size of a period's utility; own
   * @param follow tau: target = (1 - tau) target + tau network; Table 2
   */
  public record Targets(
      Expectation expectation,
      int trajectories,
      boolean twin,
      double smoothing,
      boolean scaledRewards,
      double follow) {

    /** Checks the ranges. */
    public Targets {
      require(trajectories > 0, "at least 1 trajectory", trajectories);
      require(smoothing >= 0, "smoothing of at least 0", smoothing);
      require(follow > 0 && follow <= 1, "follow in (0, 1]", follow);
    }

    /** These by quadrature. */
    public Targets withQuadrature() {
      return Records.with(this, "expectation", Expectation.QUADRATURE);
    }

    /** These by draws. */
    public Targets withTrajectories(int trajectories) {
      return Records.with(
          Records.with(this, "expectation", Expectation.DRAWS), "trajectories", trajectories);
    }

    /** These with one critic or two. */
    public Targets withTwin(boolean twin) {
      return Records.with(this, "twin", twin);
    }

    /** These with another noise on the target's action. */
    public Targets withSmoothing(double smoothing) {
      return Records.with(this, "smoothing", smoothing);
    }

    /** These with rewards scaled or not. */
    public Targets withScaledRewards(boolean scaledRewards) {
      return Records.with(this, "scaledRewards", scaledRewards);
    }

    /** These with target networks that follow otherwise. */
    public Targets withFollow(double follow) {
      return Records.with(this, "follow", follow);
    }
  }

  /**
   * How long and how fast.
   *
   * @param iterations after which training ends; section 3 has 500,000
   * @param imitation steps at most, before anything else, in which the actor is trained to keep
   *     capital, until its share of cash is within 1 % of the one that does; section 2.3 has 100
   *     iterations
   * @param start cross-sections that the replay holds before networks learn; own
   * @param warmup updates of the critic before the first of the actor; own
   * @param actorDelay updates of the critic for one of the actor and of all targets; TD3
   * @param actorRate initial learning rate of the actor; Table 2
   * @param criticRate initial learning rate of the critic; Table 2
   * @param finalRates learning rates at the end, relative to the initial ones, reached
   *     geometrically; own, 1 is the paper's constant rate
   * @param sections cross-sections in a minibatch
   * @param members agents taken from each of them; sections times members is B of Table 2
   * @param buffer transitions that the replay holds, at most; section 2.3
   */
  public record Schedule(
      int iterations,
      int imitation,
      int start,
      int warmup,
      int actorDelay,
      double actorRate,
      double criticRate,
      double finalRates,
      int sections,
      int members,
      long buffer) {

    /** Checks the ranges. */
    public Schedule {
      require(iterations > 0, "at least 1 iteration", iterations);
      require(imitation >= 0, "imitation of at least 0 steps", imitation);
      require(start > 0, "a start of at least 1 cross-section", start);
      require(warmup >= 0, "a warmup of at least 0 updates", warmup);
      require(actorDelay > 0, "an actorDelay of at least 1", actorDelay);
      require(actorRate > 0, "a positive actorRate", actorRate);
      require(criticRate > 0, "a positive criticRate", criticRate);
      require(finalRates > 0 && finalRates <= 1, "finalRates in (0, 1]", finalRates);
      require(sections > 0, "at least 1 cross-section in a minibatch", sections);
      require(members > 0, "at least 1 member of a cross-section", members);
      require(buffer > 0, "a buffer of at least 1 transition", buffer);
    }

    /** This for other iterations. */
    public Schedule withIterations(int iterations) {
      return Records.with(this, "iterations", iterations);
    }

    /** This with another imitation. */
    public Schedule withImitation(int steps) {
      return Records.with(this, "imitation", steps);
    }

    /** This with another start. */
    public Schedule withStart(int start, int warmup) {
      return Records.with(Records.with(this, "start", start), "warmup", warmup);
    }

    /** This with another delay of the actor. */
    public Schedule withActorDelay(int actorDelay) {
      return Records.with(this, "actorDelay", actorDelay);
    }

    /** This with other learning rates. */
    public Schedule withRates(double actor, double critic, double last) {
      return Records.with(
          Records.with(Records.with(this, "actorRate", actor), "criticRate", critic),
          "finalRates",
          last);
    }

    /** This with another minibatch. */
    public Schedule withBatch(int sections, int members) {
      return Records.with(Records.with(this, "sections", sections), "members", members);
    }

    /** This with another buffer. */
    public Schedule withBuffer(long transitions) {
      return Records.with(this, "buffer", transitions);
    }

    /** What learning rates are multiplied with at a share of training. */
    double decay(double progress) {
      return anneal(1, finalRates, progress);
    }
  }

  /**
   * Table 2 of Liu (2024), with noise constant at .001. Ten trajectories: the paper says
   * "multiple". Learning starts with a thousand periods, and the actor's after as many updates of a
   * critic that knows nothing at first.
   */
  public static final DdpgConfig TABLE2 =
      new DdpgConfig(
          new Networks(List.of(256, 128, 32), Activation.TANH, 4, List.of(16), Action.SHARE, false),
          new Exploration(1, 1_000, 1e-3, 1e-3),
          new Targets(Expectation.DRAWS, 10, false, 0, false, 1e-3),
          new Schedule(500_000, 5_000, 1_000, 1_000, 1, 5e-4, 1e-3, 1, 64, 1, 10_000_000));

  /** Section 3 of Liu (2024): three layers of 128, noise .01; otherwise {@link #TABLE2}. */
  public static final DdpgConfig SECTION3 =
      TABLE2
          .withNetworks(TABLE2.networks().withHidden(128, 128, 128))
          .withExploration(new Exploration(1, 1_000, 1e-2, 1e-2));

  private static void require(boolean condition, String rule, Object value) {
    if (!condition) {
      throw new IllegalArgumentException("ddpg needs %s but got %s".formatted(rule, value));
    }
  }

  /** These settings with other networks. */
  public DdpgConfig withNetworks(Networks networks) {
    return new DdpgConfig(networks, exploration, targets, schedule);
  }

  /** These settings with other exploration. */
  public DdpgConfig withExploration(Exploration exploration) {
    return new DdpgConfig(networks, exploration, targets, schedule);
  }

  /** These settings with other targets. */
  public DdpgConfig withTargets(Targets targets) {
    return new DdpgConfig(networks, exploration, targets, schedule);
  }

  /** These settings with another schedule. */
  public DdpgConfig withSchedule(Schedule schedule) {
    return new DdpgConfig(networks, exploration, targets, schedule);
  }

  /** These settings with another number of iterations. */
  public DdpgConfig withIterations(int iterations) {
    return withSchedule(schedule.withIterations(iterations));
  }

  /** A quantity between its initial and final value, geometrically, at a share of training. */
  private static double anneal(double initial, double last, double progress) {
    return initial == 0 ? 0 : initial * Math.pow(Math.max(last, TINY) / initial, progress);
  }

  /** Stands for a final value of 0 on a geometric path. */
  private static final double TINY = 1e-12;
}
