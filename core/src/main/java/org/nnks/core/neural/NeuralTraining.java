package org.nnks.core.neural;

import java.util.List;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.io.Records;
import org.nnks.core.nets.Activation;

/**
 * How networks of a declared economy are trained. What Yokomoto (2026) states in Table 14 or
 * sections 2.3 and 3.2 is marked with its place; the rest is marked "own".
 *
 * @param hidden width of each hidden layer of all networks; Table 14
 * @param activation after each hidden layer; own, the paper names none
 * @param exogenous how networks know the exogenous states; inputs in the paper
 * @param branchRule how agents choose among branches; by classes in the paper
 * @param initialRate learning rate of Adam at the start of the first solve; Table 14
 * @param laterRate learning rate at the start of later, warm-started solves; Table 14 has the
 *     initial one, which shakes what was learnt
 * @param finalRate learning rate at the end of a solve, reached geometrically; Table 14
 * @param movingSolves solves after which rules change so little that a higher rate moves hidden
 *     units more than they do: from then on a solve starts at the final rate; own, never in the
 *     paper
 * @param batch rows in a minibatch; of L_val, with heads, in every exogenous state; Table 14
 * @param targetUpdate tau, the share of the value network that the target copy takes over each time
 *     that it follows; Table 14
 * @param slopeWeight of squared errors of the slopes of V beside those of V in L_val; own, the
 *     paper has zero
 * @param window half-width of the noise around forecast prices before histories say how far prices
 *     are from them, in logs; delta of equation (35)
 * @param held steps on the value for which its targets are held before the target copy follows and
 *     they are computed anew, at new points: a step on held targets costs a third; one in the paper
 * @param policySteps steps on the policies in between; one in the paper
 * @param warmUp steps on the value in the first solve before policies are trained; own
 * @param firstSteps steps on the value in the first solve; own
 * @param laterSteps steps on the value in a later, warm-started solve; own
 * @param fits least-squares fits of the output layer of V that end a solve, as targets follow, with
 *     some steps of Newton's method on those of the policies; own, none in the paper
 * @param tolerance mean gap of the Bellman equation, as a share of the mean |V|, below which a
 *     solve has converged; own
 */
public record NeuralTraining(
    List<Integer> hidden,
    Activation activation,
    ExogenousForm exogenous,
    BranchRule branchRule,
    double initialRate,
    double laterRate,
    double finalRate,
    int movingSolves,
    int batch,
    double targetUpdate,
    double slopeWeight,
    double window,
    int held,
    int policySteps,
    int warmUp,
    int firstSteps,
    int laterSteps,
    int fits,
    double tolerance) {

  /** Checks signs and orders. */
  public NeuralTraining {
    hidden = List.copyOf(hidden);
    require(
        0 < finalRate && finalRate <= laterRate && finalRate <= initialRate,
        "0 < finalRate <= laterRate and initialRate");
    require(0 < targetUpdate && targetUpdate <= 1, "0 < targetUpdate <= 1");
    require(
        slopeWeight >= 0 && window > 0 && tolerance > 0,
        "slopeWeight at least 0, a positive window and a positive tolerance");
    require(
        movingSolves > 0 && batch > 1 && held > 0 && policySteps > 0,
        "movingSolves > 0, a batch of at least 2, held > 0 and policySteps > 0");
    require(
        warmUp >= 0 && firstSteps > warmUp && laterSteps > 0 && fits >= 0,
        "firstSteps > warmUp >= 0, laterSteps > 0 and fits >= 0");
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException("training needs " + rule);
    }
  }

  /**
   * Units of the first of two hidden layers for each state and each moment: what bends along one
   * needs as many again along another. With two kinds of capital 64 units instead of 128 leave
   * gains from adjusting two to three times as wrong, however wide the last layer is.
   */
  private static final int UNITS_PER_INPUT = 32;

  /**
   * The fewest units of the last hidden layer, whose coefficients least squares find: with 64,
   * rules of firms with convex costs never settle to 1e-3.
   */
  private static final int LAST_UNITS = 128;

  /**
   * With two kinds of capital rules settle in 11 solves either way, but the standard deviation of
   * K_2 is .57 % off then if all solves start at the higher rate, and .12 % with this. Loops of one
   * moment settle in fewer.
   */
  private static final int MOVING_SOLVES = 8;

  /** Steps on V before policies are trained. */
  private static final int WARM_UP = 200;

  /**
   * With fits that are mixed, agents of one state need hardly half the steps that others do: after
   * 1,800 and 600 Khan and Thomas's firms are no nearer to the exact path. With two kinds of
   * capital the standard deviation of K_1 is 1.2 % off with as few.
   */
  private static final int FIRST_STEPS = 1_000;

  private static final int LATER_STEPS = 300;

  private static final int FIRST_STEPS_OF_SEVERAL = 1_800;

  private static final int LATER_STEPS_OF_SEVERAL = 600;

  /**
   * Units of the last layer, the weight of slopes, points of a batch, steps on its targets and on
   * policies, steps of a solve, and the final rate, for agents of several states who take the best
   * branch. V has kinks there, and slopes jump: with errors of slopes weighing as elsewhere fits
   * that are mixed do not settle, and with less, twice the units leave T V - V of Bloom et al.
   * (2018) two thirds as large. What is wrong with V along a stock that most leave alone falls by
   * its depreciation and the discount factor only from one round of targets to the next, to .96:
   * more rounds on a third of the points. With taste shocks two kinds of capital settle in 9
   * instead of 12 iterations so, but the deviation of K_2 was .84 instead of .29 % off, beyond what
   * is aimed at.
   */
  private static final int LAST_UNITS_OF_BEST = 256;

  private static final double SLOPE_WEIGHT_OF_BEST = .5;

  private static final int BATCH_OF_BEST = 64;

  private static final int HELD_OF_BEST = 20;

  private static final int POLICY_STEPS_OF_BEST = 8;

  private static final int FIRST_STEPS_OF_BEST = 5_000;

  private static final int LATER_STEPS_OF_BEST = 2_000;

  private static final double FINAL_RATE_OF_BEST = 3e-5;

  /** {@link #standard(DeclaredEconomy)} for agents with one state in an economy of one moment. */
  public static NeuralTraining standard() {
    return standard(List.of(LAST_UNITS), 2);
  }

  /**
   * The settings that learn fastest: for agents of one state a layer of 128 units, whose
   * activations are smooth in it, where a second layer mixes them into ripples that its output
   * layer cannot take away; otherwise layers of 32 units for each input (states of an agent and
   * moments) and 128 units or as many; if such agents take the best branch, 256, and more rounds of
   * targets on fewer points. With heads, branches by their values, slopes, targets held for ten
   * steps, and rates above the paper's, which such large batches allow. Held for twenty, firms of
   * one state with a kink in their taxes decide three times worse. Errors of all slopes together
   * weigh as the square of the number of inputs: decisions follow slopes and not levels, a mean
   * over inputs takes a share of each, and units that are spread over more inputs carry them less
   * well.
   */
  public static NeuralTraining standard(DeclaredEconomy economy) {
    int inputs = economy.states().size() + economy.moments().size();
    if (economy.states().size() == 1) {
      return standard(List.of(LAST_UNITS), inputs);
    }
    int first = UNITS_PER_INPUT * inputs;
    NeuralTraining several =
        standard(List.of(first, Math.max(first, LAST_UNITS)), inputs)
            .withSteps(WARM_UP, FIRST_STEPS_OF_SEVERAL, LATER_STEPS_OF_SEVERAL);
    if (!(economy.choice() instanceof Choice.Best)) {
      return several;
    }
    return several
        .withHidden(first, Math.max(first, LAST_UNITS_OF_BEST))
        .withSlopeWeight(SLOPE_WEIGHT_OF_BEST)
        .withBatch(BATCH_OF_BEST)
        .withHeld(HELD_OF_BEST, POLICY_STEPS_OF_BEST)
        .withSteps(WARM_UP, FIRST_STEPS_OF_BEST, LATER_STEPS_OF_BEST)
        .withRates(several.initialRate(), several.laterRate(), FINAL_RATE_OF_BEST);
  }

  private static NeuralTraining standard(List<Integer> hidden, int inputs) {
    return new NeuralTraining(
        hidden,
        Activation.TANH,
        ExogenousForm.HEADS,
        BranchRule.VALUES,
        3e-3,
        1e-3,
        1e-4,
        MOVING_SOLVES,
        192,
        .3,
        inputs * inputs / 4.0,
        .02,
        10,
        4,
        WARM_UP,
        FIRST_STEPS,
        LATER_STEPS,
        20,
        1e-4);
  }

  /** What the paper states, to the letter where it is stated: inputs, classes, levels of V only. */
  public static NeuralTraining yokomoto2026() {
    return new NeuralTraining(
        List.of(128, 128),
        Activation.TANH,
        ExogenousForm.INPUTS,
        BranchRule.CLASSES,
        1e-3,
        1e-3,
        1e-5,
        Integer.MAX_VALUE,
        256,
        .05,
        0,
        .05,
        1,
        1,
        500,
        6_000,
        1_500,
        0,
        1e-4);
  }

  /** These settings with other widths of the hidden layers. */
  public NeuralTraining withHidden(Integer... widths) {
    return Records.with(this, "hidden", List.of(widths));
  }

  /** These settings with another form of the exogenous states. */
  public NeuralTraining withExogenous(ExogenousForm form) {
    return Records.with(this, "exogenous", form);
  }

  /** These settings with another choice among branches. */
  public NeuralTraining withBranchRule(BranchRule rule) {
    return Records.with(this, "branchRule", rule);
  }

  /** These settings with another weight of slopes. */
  public NeuralTraining withSlopeWeight(double weight) {
    return Records.with(this, "slopeWeight", weight);
  }

  /** These settings with another first window of prices. */
  public NeuralTraining withWindow(double halfWidth) {
    return Records.with(this, "window", halfWidth);
  }

  /** These settings with another batch. */
  public NeuralTraining withBatch(int rows) {
    return Records.with(this, "batch", rows);
  }

  /**
   * These settings with targets held for another number of steps, and steps on policies between.
   */
  public NeuralTraining withHeld(int steps, int policySteps) {
    return Records.with(Records.with(this, "held", steps), "policySteps", policySteps);
  }

  /** These settings with other lengths of training. */
  public NeuralTraining withSteps(int warmUp, int first, int later) {
    NeuralTraining shorter =
        Records.with(Records.with(this, "warmUp", warmUp), "laterSteps", later);
    return Records.with(shorter, "firstSteps", first);
  }

  /** These settings with another number of fits at the end of a solve. */
  public NeuralTraining withFits(int number) {
    return Records.with(this, "fits", number);
  }

  /** These settings with other rates. */
  public NeuralTraining withRates(double initial, double later, double last) {
    return new NeuralTraining(
        hidden,
        activation,
        exogenous,
        branchRule,
        initial,
        later,
        last,
        movingSolves,
        batch,
        targetUpdate,
        slopeWeight,
        window,
        held,
        policySteps,
        warmUp,
        firstSteps,
        laterSteps,
        fits,
        tolerance);
  }
}
