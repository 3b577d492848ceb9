package org.nnks.bloom;

import java.util.List;
import org.nnks.core.io.Records;
import org.nnks.core.nets.Activation;

/**
 * How {@link PaperBellman} trains. What Yokomoto (2026) states for this economy is marked with its
 * place; what the paper leaves open is marked "own".
 *
 * @param hidden width of each hidden layer of all three networks; Table 14
 * @param activation after each hidden layer; own, the paper names none
 * @param initialRate learning rate of ADAM at the start of each outer iteration; Table 14
 * @param finalRate learning rate at its end, reached geometrically; Table 14
 * @param batch points in a minibatch of every network; Table 14
 * @param targetUpdate tau, the share of the value network that the target network takes over after
 *     each step; Table 14
 * @param priceNoise half-width of the uniform noise around the log of the forecast price; own. Zero
 *     leaves the price error out, as appendix B.1 does: policies then see no price, which is enough
 *     at the forecast price and clears no market
 * @param points points in each network's training set in one iteration; footnote 29
 * @param firstIterations iterations of conditional policy, discrete policy and value in the first
 *     outer iteration, at most; footnote 29 and appendix B.4: 300, most of the gain in 100. Own:
 *     30, after which more choices are right here than in the paper after 300
 *     (docs/bloom-report.md)
 * @param laterIterations iterations in a later, warm-started outer iteration, at most; own
 * @param tolerance epsilon of Algorithm 4 line 8: mean change of a right-hand side between two
 *     iterations at which training stops, in units of V; own
 */
public record PaperTraining(
    List<Integer> hidden,
    Activation activation,
    double initialRate,
    double finalRate,
    int batch,
    double targetUpdate,
    double priceNoise,
    int points,
    int firstIterations,
    int laterIterations,
    double tolerance) {

  /** Checks signs and orders. */
  public PaperTraining {
    hidden = List.copyOf(hidden);
    require(0 < finalRate && finalRate <= initialRate, "0 < finalRate <= initialRate");
    require(0 < targetUpdate && targetUpdate <= 1, "0 < targetUpdate <= 1");
    require(priceNoise >= 0 && tolerance > 0, "priceNoise >= 0 and a positive tolerance");
    require(
        0 < batch && batch <= points && firstIterations > 0 && laterIterations > 0,
        "0 < batch <= points and positive iterations");
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException("training needs " + rule);
    }
  }

  /** Every setting that Yokomoto (2026) states for this economy, but for iterations. */
  public static PaperTraining yokomoto2026() {
    return new PaperTraining(
        List.of(256, 256, 256), Activation.TANH, 5e-4, 5e-5, 256, .05, .04, 500_000, 30, 10, 1e-4);
  }

  /**
   * The same with the smallest architecture of Table 13, 128 x 2, and fewer points in more
   * iterations: each is one sweep of value iteration, whatever the number of points, and with ten
   * sweeps an outer iteration rules went on changing by a per cent.
   */
  public static PaperTraining smallest() {
    return yokomoto2026().withHidden(128, 128).withLength(100_000, 60, 20);
  }

  /** These settings with other widths of the hidden layers. */
  public PaperTraining withHidden(Integer... widths) {
    return Records.with(this, "hidden", List.of(widths));
  }

  /** These settings with other lengths of training. */
  public PaperTraining withLength(int points, int first, int later) {
    return Records.with(
        Records.with(Records.with(this, "points", points), "firstIterations", first),
        "laterIterations",
        later);
  }

  /** These settings at forecast prices only; Yokomoto (2026) appendix B.1. */
  public PaperTraining withoutPriceNoise() {
    return Records.with(this, "priceNoise", 0.0);
  }

  /** These settings with other learning rates. */
  public PaperTraining withRates(double initialRate, double finalRate) {
    // The order keeps 0 < finalRate <= initialRate in between.
    return initialRate >= this.finalRate
        ? Records.with(Records.with(this, "initialRate", initialRate), "finalRate", finalRate)
        : Records.with(Records.with(this, "finalRate", finalRate), "initialRate", initialRate);
  }
}
