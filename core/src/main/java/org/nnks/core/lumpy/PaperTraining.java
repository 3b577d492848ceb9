package org.nnks.core.lumpy;

import java.util.List;
import org.nnks.core.io.Records;
import org.nnks.core.nets.Activation;

/**
 * How {@link PaperBellman} trains. What Yokomoto (2026) states for Khan-Thomas, in Table 14 and
 * section 2.3, is marked with its place; what the paper leaves open is marked "own".
 *
 * @param hidden width of each hidden layer of both networks; Table 14
 * @param activation after each hidden layer; own, the paper names none
 * @param initialRate learning rate of ADAM at the start of each outer iteration; Table 14
 * @param finalRate learning rate at its end, reached geometrically; Table 14
 * @param batch points in a minibatch of either network; Table 14
 * @param targetUpdate tau, the share of the value network that the target network takes over after
 *     each step; Table 14
 * @param priceNoise delta of equation (35), half-width of the uniform noise around the forecast
 *     price, in units of p; section 2.3
 * @param meanCapitals values of K in the training set D for each A; own
 * @param capitals values of k in D for each (z,A,K); own
 * @param firstEpochs passes over D in the first outer iteration, at most; own
 * @param laterEpochs passes over D in a later, warm-started iteration, at most; own
 * @param tolerance epsilon of Algorithm 4 line 8: largest change of a right-hand side between two
 *     passes at which training stops, in units of V; own
 * @param outputScale what the value network's output is multiplied with, in units of V; own
 * @param baseline whether the network learns V less a frictionless baseline; own
 * @param slowMode whether the mean of V in each exogenous state is corrected in closed form; own
 * @param relativePrice whether the policy network sees p less its forecast instead of p; own
 * @param logCapital whether the value network sees log k instead of k; own
 * @param projected whether the gradient of (34) is projected at the ends of the capital grid; own
 */
public record PaperTraining(
    List<Integer> hidden,
    Activation activation,
    double initialRate,
    double finalRate,
    int batch,
    double targetUpdate,
    double priceNoise,
    int meanCapitals,
    int capitals,
    int firstEpochs,
    int laterEpochs,
    double tolerance,
    double outputScale,
    boolean baseline,
    boolean slowMode,
    boolean relativePrice,
    boolean logCapital,
    boolean projected) {

  /** Checks signs and orders. */
  public PaperTraining {
    hidden = List.copyOf(hidden);
    require(0 < finalRate && finalRate <= initialRate, "0 < finalRate <= initialRate");
    require(0 < targetUpdate && targetUpdate <= 1, "0 < targetUpdate <= 1");
    require(
        priceNoise > 0 && tolerance > 0 && outputScale > 0,
        "positive priceNoise, tolerance and outputScale");
    require(
        batch > 0 && meanCapitals > 1 && capitals > 0 && firstEpochs > 0 && laterEpochs > 0,
        "positive batch, capitals and epochs, and at least 2 meanCapitals");
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException("training needs " + rule);
    }
  }

  /**
   * Every setting that Yokomoto (2026) states for Khan-Thomas. With 40 values of K for each of five
   * A, and ten of k for each z, D has 10,000 points, 39 minibatches.
   */
  public static PaperTraining yokomoto2026() {
    return new PaperTraining(
        List.of(128, 128),
        Activation.TANH,
        1e-3,
        1e-5,
        256,
        0.05,
        0.05,
        40,
        10,
        150,
        60,
        1e-4,
        0.02,
        true,
        true,
        true,
        true,
        true);
  }

  /** These settings with other widths of the hidden layers. */
  public PaperTraining withHidden(Integer... widths) {
    return Records.with(this, "hidden", List.of(widths));
  }

  /** These settings with other lengths of training. */
  public PaperTraining withEpochs(int first, int later) {
    return Records.with(Records.with(this, "firstEpochs", first), "laterEpochs", later);
  }

  /** These settings with another epsilon. */
  public PaperTraining withTolerance(double tolerance) {
    return Records.with(this, "tolerance", tolerance);
  }

  /** These settings with another training set. */
  public PaperTraining withPoints(int meanCapitals, int capitals) {
    return Records.with(Records.with(this, "meanCapitals", meanCapitals), "capitals", capitals);
  }
}
