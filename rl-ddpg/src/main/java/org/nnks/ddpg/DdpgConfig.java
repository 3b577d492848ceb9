package org.nnks.ddpg;

import java.util.List;
import org.nnks.core.io.Records;
import org.nnks.core.nets.Activation;

/**
 * How {@link Ddpg} learns. Where Liu (2024) states a value, its place is given; what the paper
 * leaves open, or what goes beyond it, is marked "own". docs/rl.md shows what each switch does.
 *
 * @param hidden widths of the hidden layers of actor and critic; Table 2
 * @param activation after each hidden layer; section 3
 * @param summaryOutputs statistics S_t of the cross-section, equation (9); section 2.3 has 4, 0
 *     leaves the summary network out, so that agents see the means K and N only
 * @param summaryHidden widths of the hidden layers of the summary network; own
 * @param iterations after which training ends; section 3 has 500,000
 * @param pretraining first iterations, in which the actor is trained to keep capital; section 2.3
 * @param actorRate initial learning rate of the actor; Table 2
 * @param criticRate initial learning rate of the critic; Table 2
 * @param finalRates learning rates at the end, relative to the initial ones, reached geometrically;
 *     own, 1 is the paper's constant rate
 * @param economies simulated side by side; own
 * @param episode periods after which an economy starts anew; own. The end of an episode is
 *     truncation: its last state is bootstrapped like any other
 * @param snapshots cross-sections in a minibatch
 * @param members agents taken from each of them; snapshots times members is B of Table 2
 * @param buffer transitions that the replay holds, at most; section 2.3
 * @param targetUpdate tau: target = (1 - tau) target + tau network; Table 2
 * @param initialNoise standard deviation of exploration at the start, as a share of cash; section 3
 * @param finalNoise the same at the end, reached geometrically; Table 2
 * @param expectation how targets average over shocks
 * @param trajectories draws of the next shocks that are averaged in a target, if drawn; section 2.3
 * @param critic what the critic knows
 * @param slopeWeight weight of the error in dV/dk beside the error in V; only a structured critic
 *     has one, 0 leaves it out; own
 * @param twin whether the smaller of two critics makes the target; Fujimoto, van Hoof and Meger
 *     (2018), TD3
 * @param actorDelay updates of the critic for one of the actor and of the target networks; TD3
 * @param smoothing standard deviation of noise on the target's action, as a share of cash; TD3
 * @param scaledRewards whether rewards are multiplied with 1 - beta, so that values are of the size
 *     of a period's utility; own
 * @param action what the actor's output is
 * @param anchored whether actor and critic learn their deviation from the policy that keeps capital
 *     and from its value, or everything; own
 */
public record DdpgConfig(
    List<Integer> hidden,
    Activation activation,
    int summaryOutputs,
    List<Integer> summaryHidden,
    int iterations,
    int pretraining,
    double actorRate,
    double criticRate,
    double finalRates,
    int economies,
    int episode,
    int snapshots,
    int members,
    long buffer,
    double targetUpdate,
    double initialNoise,
    double finalNoise,
    Expectation expectation,
    int trajectories,
    CriticKind critic,
    double slopeWeight,
    boolean twin,
    int actorDelay,
    double smoothing,
    boolean scaledRewards,
    ActionKind action,
    boolean anchored) {

  /** How targets average over the next shocks. */
  public enum Expectation {
    /** The mean of draws: "multiple trajectories of the stochastic part", section 2.3. */
    DRAWS,
    /** Quadrature over the nodes of the shocks: exact for smooth values. */
    QUADRATURE
  }

  /** What the critic knows. */
  public enum CriticKind {
    /** A network Q(s, a), Algorithm 1. */
    ACTION_VALUE,
    /** Q(s, a) = u(s, a) + beta E V(k'(s, a), z', l') with a network V: the budget is known. */
    STRUCTURED
  }

  /** What the actor's output is. */
  public enum ActionKind {
    /** The share of cash on hand that is consumed. */
    SHARE,
    /**
     * The same share, capped at all cash: consumption may bend at the borrowing limit as sharply as
     * it should. Structured critics only.
     */
    CAPPED_SHARE,
    /** The level of consumption, clipped to what cash allows. */
    LEVEL
  }

  /**
   * Table 2 of Liu (2024), with noise constant at .001. Ten trajectories: the paper says
   * "multiple".
   */
  public static final DdpgConfig TABLE2 =
      new DdpgConfig(
          List.of(256, 128, 32),
          Activation.TANH,
          4,
          List.of(16),
          500_000,
          100,
          5e-4,
          1e-3,
          1,
          1,
          1_000,
          64,
          1,
          10_000_000,
          1e-3,
          1e-3,
          1e-3,
          Expectation.DRAWS,
          10,
          CriticKind.ACTION_VALUE,
          0,
          false,
          1,
          0,
          false,
          ActionKind.SHARE,
          false);

  /** Section 3 of Liu (2024): three layers of 128, noise .01; otherwise {@link #TABLE2}. */
  public static final DdpgConfig SECTION3 = TABLE2.withHidden(128, 128, 128).withNoise(1e-2, 1e-2);

  /**
   * What works: every own switch on. A short training by gradients, after which {@link Ddpg#polish}
   * does the rest; many economies that restart often, so that the replay covers more than the
   * ergodic set.
   */
  public static final DdpgConfig STANDARD =
      new DdpgConfig(
          List.of(64, 128),
          Activation.TANH,
          0,
          List.of(16),
          200,
          0,
          1e-3,
          1e-3,
          1e-2,
          64,
          10,
          256,
          1,
          1_000_000,
          2e-2,
          1e-2,
          1e-3,
          Expectation.QUADRATURE,
          1,
          CriticKind.STRUCTURED,
          1,
          false,
          1,
          0,
          true,
          ActionKind.SHARE,
          true);

  /**
   * {@link #STANDARD} for economies of many households: more features, for decisions that bend near
   * the borrowing limit, longer episodes, in which wealth spreads, and a share of cash that reaches
   * all of it.
   */
  public static final DdpgConfig HOUSEHOLDS =
      STANDARD
          .withHidden(64, 150)
          .withIterations(50)
          .with("economies", 16)
          .with("episode", 40)
          .withBatch(16, 16)
          .with("action", ActionKind.CAPPED_SHARE);

  /**
   * The critic of Algorithm 1, a network Q(s, a) that does not know the budget, with the switches
   * that make least squares work on it: expected targets, scaled rewards, networks anchored, and
   * enough noise to tell the slope of Q in a.
   */
  public static final DdpgConfig ACTION_VALUES =
      STANDARD
          .withHidden(64, 200)
          .withIterations(100)
          .withNoise(0.02, 0.02)
          .with("targetUpdate", 0.02)
          .with("slopeWeight", 0.0)
          .with("critic", CriticKind.ACTION_VALUE);

  /** Checks signs, orders and combinations. */
  public DdpgConfig {
    hidden = List.copyOf(hidden);
    summaryHidden = List.copyOf(summaryHidden);
    require(summaryOutputs >= 0, "summaryOutputs of at least 0", summaryOutputs);
    require(iterations > 0, "at least 1 iteration", iterations);
    require(pretraining >= 0, "pretraining of at least 0 iterations", pretraining);
    require(actorRate > 0, "a positive actorRate", actorRate);
    require(criticRate > 0, "a positive criticRate", criticRate);
    require(finalRates > 0 && finalRates <= 1, "finalRates in (0, 1]", finalRates);
    require(economies > 0, "at least 1 economy", economies);
    require(episode > 0, "episodes of at least 1 period", episode);
    require(snapshots > 0, "at least 1 snapshot in a minibatch", snapshots);
    require(members > 0, "at least 1 member of a snapshot", members);
    require(buffer > 0, "a buffer of at least 1 transition", buffer);
    require(targetUpdate > 0 && targetUpdate <= 1, "targetUpdate in (0, 1]", targetUpdate);
    require(
        finalNoise >= 0 && finalNoise <= initialNoise,
        "0 <= finalNoise <= initialNoise, with a finalNoise",
        finalNoise);
    require(trajectories > 0, "at least 1 trajectory", trajectories);
    require(slopeWeight >= 0, "a slopeWeight of at least 0", slopeWeight);
    require(actorDelay > 0, "an actorDelay of at least 1", actorDelay);
    require(smoothing >= 0, "smoothing of at least 0", smoothing);
    if (critic == CriticKind.STRUCTURED && (twin || smoothing > 0)) {
      throw new IllegalArgumentException(
          "twin critics and smoothing cure errors of Q(s, a) in a: a structured critic, which is"
              + " exact in a, takes neither; set twin to false and smoothing to 0");
    }
    if (critic == CriticKind.ACTION_VALUE && slopeWeight > 0) {
      throw new IllegalArgumentException(
          "only a structured critic knows the slope dV/dk: set slopeWeight to 0 but it is "
              + slopeWeight);
    }
    if (critic == CriticKind.STRUCTURED && activation != Activation.TANH) {
      throw new IllegalArgumentException(
          "a structured critic needs the slopes of its network, which are implemented for TANH, but"
              + " the activation is "
              + activation);
    }
    if (action == ActionKind.CAPPED_SHARE && critic != CriticKind.STRUCTURED) {
      throw new IllegalArgumentException(
          "a capped share needs a critic that knows the slope of Q at the cap: set critic to STRUCTURED or action to SHARE");
    }
    if (anchored && action == ActionKind.LEVEL) {
      throw new IllegalArgumentException(
          "an anchored actor learns log odds of a share of cash: with actions in levels set anchored"
              + " to false");
    }
  }

  private static void require(boolean condition, String rule, Object value) {
    if (!condition) {
      throw new IllegalArgumentException("ddpg needs %s but got %s".formatted(rule, value));
    }
  }

  /** These settings with one component changed. */
  public DdpgConfig with(String component, Object value) {
    return Records.with(this, component, value);
  }

  /** These settings with other hidden layers of actor and critic. */
  public DdpgConfig withHidden(Integer... widths) {
    return with("hidden", List.of(widths));
  }

  /** These settings with another number of iterations. */
  public DdpgConfig withIterations(int iterations) {
    return with("iterations", iterations);
  }

  /** These settings with other exploration. */
  public DdpgConfig withNoise(double initial, double last) {
    // The larger bound goes first, so that both copies are valid.
    return initial >= initialNoise
        ? with("initialNoise", initial).with("finalNoise", last)
        : with("finalNoise", Math.min(last, initial)).with("initialNoise", initial);
  }

  /** These settings with another minibatch. */
  public DdpgConfig withBatch(int snapshots, int members) {
    return with("snapshots", snapshots).with("members", members);
  }

  /** This quantity between its initial and final value, geometrically, at a share of training. */
  static double anneal(double initial, double last, double progress) {
    return initial == 0 ? 0 : initial * Math.pow(Math.max(last, TINY) / initial, progress);
  }

  /** Stands for a final value of 0 on a geometric path. */
  private static final double TINY = 1e-12;
}
