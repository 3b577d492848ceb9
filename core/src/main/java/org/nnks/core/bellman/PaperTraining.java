package org.nnks.core.bellman;

import java.util.List;
import org.nnks.core.nets.Activation;

/**
 * How {@link PaperBellman} trains. Values are those of Yokomoto (2026) Table 14 and section 2.3
 * where the paper gives them; what it leaves open is marked "own".
 *
 * @param hidden width of each hidden layer of both networks; Table 14
 * @param activation after each hidden layer; own, see deviation 1 of {@link PaperBellman}
 * @param initialRate learning rate of ADAM at the start of each outer iteration; Table 14
 * @param finalRate learning rate at its end, reached geometrically; Table 14
 * @param batch points in a minibatch of either network; Table 14
 * @param targetUpdate tau, the share of the value network that the target network takes over after
 *     each step; Table 14
 * @param priceNoise delta of equation (35), half-width of the uniform noise around the forecast
 *     price, in units of p; section 2.3
 * @param meanCapitals values of K in the training set D for each A; own
 * @param capitals values of k in D for each (z,A,K); own
 * @param firstEpochs most passes over D in the first outer iteration; own
 * @param laterEpochs most passes over D in a later, warm-started iteration; own
 * @param tolerance epsilon of Algorithm 4 line 8, largest change of the right-hand side between two
 *     passes, in units of V; own
 * @param baseline whether V is learnt as a difference from frictionless profit; own, deviation 2
 * @param slowMode whether the mean of V in each exogenous state is corrected in closed form; own,
 *     deviation 3
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
    boolean baseline,
    boolean slowMode) {

  /** Checks signs and orders. */
  public PaperTraining {
    hidden = List.copyOf(hidden);
    require(0 < finalRate && finalRate <= initialRate, "0 < finalRate <= initialRate");
    require(0 < targetUpdate && targetUpdate <= 1, "0 < targetUpdate <= 1");
    require(priceNoise > 0 && tolerance > 0, "positive priceNoise and tolerance");
    require(
        batch > 0 && meanCapitals > 1 && capitals > 0 && firstEpochs > 0 && laterEpochs > 0,
        "positive batch, capitals and epochs, and at least 2 meanCapitals");
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException("training needs " + rule);
    }
  }

  /** The settings of Yokomoto (2026) for Khan-Thomas, with the fewest deviations that converge. */
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
        300,
        100,
        1e-3,
        true,
        true);
  }
}
