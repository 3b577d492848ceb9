package org.nnks.sbi;

import java.util.List;
import java.util.Optional;
import org.nnks.core.io.Records;
import org.nnks.sbi.flow.FlowSpec;
import org.nnks.sbi.flow.SummarySpec;

/**
 * How a {@link NeuralPosterior} or a {@link NeuralLikelihood} is built and trained.
 *
 * @param flow the density
 * @param summary what the flow sees of the data; a likelihood sees theta as it is
 * @param members networks in the ensemble, trained from different seeds and validation splits
 * @param batch simulations per step; of more than 10,000 in all, as many more as the root of their
 *     number
 * @param learningRate Adam's rate at the start; it falls to 0 along half a cosine, and to three
 *     tenths after each third of the patience
 * @param epochs passes over the simulations, at most
 * @param patience epochs without a fall of the validation loss after which training stops
 * @param weightDecays shares of each weight of the conditioners, times the rate, that a step takes
 *     away; a member is trained with each, and the one with the smallest validation loss is kept
 * @param averaging memory, in epochs, of the moving average of the weights, which is what is
 *     validated and kept; 0 for the weights themselves
 * @param validationShare share of the simulations that is held out
 * @param maxGradientNorm gradients are clipped to this Euclidean norm
 * @param bijectors how a posterior may see bounded parameters: the one with the smallest validation
 *     loss is kept, beside {@link Bijector#PROBIT} where others have too little mass in the
 *     support; without any, as in files of version 0.1, that one alone
 */
public record EstimatorConfig(
    FlowSpec flow,
    SummarySpec summary,
    int members,
    int batch,
    double learningRate,
    int epochs,
    int patience,
    List<Double> weightDecays,
    double averaging,
    double validationShare,
    double maxGradientNorm,
    Optional<List<Bijector>> bijectors) {

  /** More members calibrate better with few simulations (sbi issues 1290, 1308) but cost time. */
  public static final int MEMBERS = 1;

  /** sbi's default. */
  public static final int BATCH = 200;

  /** sbi's default is 5e-4, without a decay; decay allows a faster start. */
  public static final double LEARNING_RATE = 2e-3;

  /**
   * The rate falls to 0 over these; a training that overfits stops earlier. On sbibm's slcp with
   * 10,000 simulations 50 were too few: the held-out loss falls from 4.64 to 4.16 with 120.
   */
  public static final int EPOCHS = 150;

  /** Overfitting does not come back once it is this long. */
  public static final int PATIENCE = 15;

  /**
   * Decoupled from the gradient: Loshchilov and Hutter (2019). No single decay suits: on sbibm's
   * gaussian_linear_uniform with 10,000 simulations the divergence from the exact posterior is .32
   * nats without, .27 with 1 and .19 with 3; on two_moons a decay of 3 costs .8 nats against .3.
   * The validation loss tells which.
   */
  public static final List<Double> WEIGHT_DECAYS = List.of(0.3, 3.0);

  /**
   * Of more rows, batches grow with the root of their number: both a step and an epoch then cost
   * more, and their number grows no faster than that root. Conditioners of posteriors grow with its
   * fourth root: on sbibm's two_moons, 40 epochs, the loss on fresh data sets falls from -3.680 to
   * -3.721 with 100,000 simulations if they are 90 and not 50 wide, in 1.25 times the time; with
   * 10,000 simulations twice the width brings nothing.
   */
  static final int GROWING_ROWS = 10_000;

  /** Conditioners grow no further: more rows than 100,000 were not tried. */
  private static final double MOST_GROWTH = 2;

  /** Weights of the last epoch or so; the falling rate averages, too. */
  public static final double AVERAGING = 1;

  /** sbi's default. */
  public static final double VALIDATION_SHARE = 0.1;

  /** sbi's default. */
  public static final double MAX_GRADIENT_NORM = 5;

  /** Of flow matching: a step learns from one time of each simulation, so it takes more of them. */
  public static final int MATCHING_EPOCHS = 300;

  /** Of flow matching: a third of it passes before the rate falls. */
  public static final int MATCHING_PATIENCE = 45;

  /** Of flow matching: a noisy loss needs more of it. */
  public static final double MATCHING_AVERAGING = 5;

  /** Checks the domains. */
  public EstimatorConfig {
    if (members < 1 || batch < 1 || patience < 1 || epochs < 1) {
      throw new IllegalArgumentException(
          "members, batch, patience and epochs must be at least 1 but are %d, %d, %d, %d"
              .formatted(members, batch, patience, epochs));
    }
    if (!(learningRate > 0) || !(maxGradientNorm > 0)) {
      throw new IllegalArgumentException(
          "learningRate and maxGradientNorm must be positive but are %s and %s"
              .formatted(learningRate, maxGradientNorm));
    }
    weightDecays = List.copyOf(weightDecays);
    double rate = learningRate;
    if (weightDecays.isEmpty() || !weightDecays.stream().allMatch(w -> w >= 0 && w * rate < 1)) {
      throw new IllegalArgumentException(
          "weightDecays must hold at least one, each at least 0 and below 1 / learningRate, but are "
              + weightDecays);
    }
    if (!(averaging >= 0)) {
      throw new IllegalArgumentException("averaging must be at least 0 but is " + averaging);
    }
    if (!(validationShare > 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "validationShare must lie strictly between 0 and 1 but is " + validationShare);
    }
    bijectors = bijectors.map(List::copyOf);
    if (bijectors.filter(list -> !list.contains(Bijector.PROBIT)).isPresent()) {
      throw new IllegalArgumentException(
          "bijectors must hold PROBIT, which serves where others lose much mass, but are "
              + bijectors.get());
    }
  }

  /** Spline couplings that see all values. */
  public static EstimatorConfig standard() {
    return new EstimatorConfig(
        FlowSpec.spline(),
        SummarySpec.direct(),
        MEMBERS,
        BATCH,
        LEARNING_RATE,
        EPOCHS,
        PATIENCE,
        WEIGHT_DECAYS,
        AVERAGING,
        VALIDATION_SHARE,
        MAX_GRADIENT_NORM,
        Optional.of(List.of(Bijector.values())));
  }

  /** Flow matching. Its loss is noisy, so that it takes more epochs and a longer average. */
  public static EstimatorConfig flowMatching() {
    return new EstimatorConfig(
        FlowSpec.matching(),
        SummarySpec.direct(),
        MEMBERS,
        BATCH,
        LEARNING_RATE,
        MATCHING_EPOCHS,
        MATCHING_PATIENCE,
        List.of(0.0),
        MATCHING_AVERAGING,
        VALIDATION_SHARE,
        MAX_GRADIENT_NORM,
        Optional.of(List.of(Bijector.values())));
  }

  /** This configuration, for a posterior of so many simulations: its conditioners have grown. */
  EstimatorConfig grownFor(int simulations) {
    double growth = Math.max(1, Math.pow(simulations / (double) GROWING_ROWS, 0.25));
    return withFlow(flow.widened(Math.min(growth, MOST_GROWTH)));
  }

  /** This configuration with another flow, of the width for 10,000 simulations or fewer. */
  public EstimatorConfig withFlow(FlowSpec flow) {
    return Records.with(this, "flow", flow);
  }

  /** This configuration with another summary. */
  public EstimatorConfig withSummary(SummarySpec summary) {
    return Records.with(this, "summary", summary);
  }

  /** This configuration with another number of members. */
  public EstimatorConfig withMembers(int members) {
    return Records.with(this, "members", members);
  }

  /** This configuration with another number of epochs. */
  public EstimatorConfig withEpochs(int epochs) {
    return Records.with(this, "epochs", epochs);
  }

  /** This configuration with another batch size. */
  public EstimatorConfig withBatch(int batch) {
    return Records.with(this, "batch", batch);
  }

  /** This configuration with another rate at the start. */
  public EstimatorConfig withLearningRate(double learningRate) {
    return Records.with(this, "learningRate", learningRate);
  }

  /** This configuration with other decays to try. */
  public EstimatorConfig withWeightDecays(Double... weightDecays) {
    return Records.with(this, "weightDecays", List.of(weightDecays));
  }

  /** This configuration with other ways to see bounded parameters. */
  public EstimatorConfig withBijectors(Bijector... bijectors) {
    return Records.with(this, "bijectors", Optional.of(List.of(bijectors)));
  }
}
