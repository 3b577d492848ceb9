package org.nnks.bloom.networks;

import java.util.List;
import java.util.Map;
import org.nnks.bloom.BloomTables;
import org.nnks.core.io.Records;
import org.nnks.core.nets.Activation;

/**
 * How {@link PaperBellman} trains. What Yokomoto (2026) states for this economy is marked with its
 * place; what the paper leaves open is marked "own".
 *
 * @param hidden width of each hidden layer of all three networks; Table 14
 * @param activation after each hidden layer; own, the paper names none
 * @param initialRate learning rate of ADAM at the start of the first outer iteration; Table 14
 * @param laterRate learning rate at the start of later, warm-started ones; Table 14 has the initial
 *     one
 * @param finalRate learning rate at the end of each, reached geometrically; Table 14
 * @param batch points (k, n_-1, K, p) in a minibatch of every network, each of which teaches all
 *     exogenous states; Table 14 has 256 points in one exogenous state each
 * @param priceNoise half-width of the noise around the log of the forecast price, and of W where it
 *     clears, most of which is near zero; own. Zero leaves the price error out, as appendix B.1
 *     does: policies then see no price, which is enough at the forecast price and clears no market
 * @param points such points for each policy in one iteration; footnote 29 has 500,000 in one state
 * @param firstIterations iterations of conditional policy, discrete policy and value in the first
 *     outer iteration, at most; footnote 29 and appendix B.4: 300, most of the gain in 100. Own:
 *     30, after which more choices are right here than in the paper after 300
 *     (docs/bloom-report.md)
 * @param laterIterations iterations in a later, warm-started outer iteration, at most; own
 * @param fits least-squares fits of the output layer of the value network that end an outer
 *     iteration, as targets follow; own, none in the paper
 * @param tolerance mean gap of the Bellman equation, as a share of the mean |V|, below which an
 *     outer iteration's training has converged, as for networks of declared economies; own
 */
public record PaperTraining(
    List<Integer> hidden,
    Activation activation,
    double initialRate,
    double laterRate,
    double finalRate,
    int batch,
    double priceNoise,
    int points,
    int firstIterations,
    int laterIterations,
    int fits,
    double tolerance) {

  /** Checks signs and orders. */
  public PaperTraining {
    hidden = List.copyOf(hidden);
    require(
        0 < finalRate && finalRate <= laterRate && finalRate <= initialRate,
        "0 < finalRate <= laterRate and initialRate");
    require(priceNoise >= 0 && tolerance > 0, "priceNoise >= 0 and a positive tolerance");
    require(
        0 < batch && batch <= points && firstIterations > 0 && laterIterations > 0 && fits > 0,
        "0 < batch <= points and positive iterations and fits");
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException("training needs " + rule);
    }
  }

  /**
   * Every setting that Yokomoto (2026) states for this economy, but for points, iterations and a
   * target network: targets are held while the value is trained.
   */
  public static PaperTraining yokomoto2026() {
    return new PaperTraining(
        List.of(256, 256, 256),
        Activation.TANH,
        5e-4,
        5e-4,
        5e-5,
        256,
        .08,
        128_000,
        30,
        10,
        20,
        1e-4);
  }

  /**
   * The smallest architecture of Table 13, 128 x 2, at rates that points which teach all exogenous
   * states allow. Later outer iterations start lower: the first rate shakes what was learnt.
   */
  public static PaperTraining smallest() {
    return yokomoto2026()
        .withHidden(128, 128)
        .withRates(3e-3, 1e-3, 1e-4)
        .withBatch(64)
        .withLength(6_400, 40, 20);
  }

  /** What Yokomoto (2026) Table 14 lists, as statistics of a solution. */
  public Map<String, Double> statistics() {
    return BloomTables.hyperparameters(hidden, initialRate, finalRate, batch);
  }

  /** These settings with other widths of the hidden layers. */
  public PaperTraining withHidden(Integer... widths) {
    return Records.with(this, "hidden", List.of(widths));
  }

  /** These settings with another number of points in a minibatch. */
  public PaperTraining withBatch(int points) {
    return Records.with(this, "batch", points);
  }

  /** These settings with other lengths of training. */
  public PaperTraining withLength(int points, int first, int later) {
    return Records.with(
        Records.with(Records.with(this, "points", points), "firstIterations", first),
        "laterIterations",
        later);
  }

  /** These settings with another number of fits at the end of an outer iteration. */
  public PaperTraining withFits(int number) {
    return Records.with(this, "fits", number);
  }

  /** These settings at forecast prices only; Yokomoto (2026) appendix B.1. */
  public PaperTraining withoutPriceNoise() {
    return Records.with(this, "priceNoise", 0.0);
  }

  /** These settings with other learning rates. */
  public PaperTraining withRates(double initial, double later, double last) {
    return new PaperTraining(
        hidden,
        activation,
        initial,
        later,
        last,
        batch,
        priceNoise,
        points,
        firstIterations,
        laterIterations,
        fits,
        tolerance);
  }
}
