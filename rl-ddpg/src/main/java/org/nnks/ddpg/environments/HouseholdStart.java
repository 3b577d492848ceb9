package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;
import org.nnks.core.nets.InputBox;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.rbc.LogAutoregression;

/**
 * Where economies of households start: anywhere, so that rich and poor and rare states are met
 * early.
 *
 * @param agents in an economy
 * @param aggregate the law of z
 * @param idiosyncratic the law of a household's own shock
 * @param steadyCapital K of the representative agent, around which K starts
 * @param box of log(k + offset), in which households are placed anywhere
 * @param offset capital by which k is shifted in the box
 */
record HouseholdStart(
    KrusellSmithCalibration calibration,
    int agents,
    ShockProcess aggregate,
    ShockProcess idiosyncratic,
    double steadyCapital,
    InputBox box,
    double offset) {

  /** K starts within this share of the representative agent's. */
  static final double WIDTH = 0.25;

  /** Standard deviation of log k at the start: wide, so that rich and poor are met early. */
  private static final double DISPERSION = 0.8;

  /** Shocks start within this many standard deviations: those of seven Rouwenhorst states. */
  private static final double SDS = 2.5;

  /**
   * The share of households that start anywhere, evenly in the input that resolves the poor best:
   * decisions bend there, and few households of an economy are there.
   */
  private static final double ANYWHERE = 0.5;

  /** A new economy. */
  CrossSection draw(RandomGenerator random) {
    boolean chains = calibration.employment().atRisk();
    double z = chains ? aggregate.start(0, random) : wide(calibration.productivity(), random);
    double mean = steadyCapital * (1 + WIDTH * (2 * random.nextDouble() - 1));
    double[] capital = new double[agents];
    double[] labour = new double[agents];
    double sum = 0;
    for (int i = 0; i < agents; i++) {
      labour[i] = chains ? idiosyncratic.start(z, random) : wide(calibration.labour(), random);
      capital[i] =
          random.nextDouble() < ANYWHERE
              ? anywhere(random) / steadyCapital
              : Math.exp(DISPERSION * random.nextGaussian());
      sum += capital[i];
    }
    for (int i = 0; i < agents; i++) {
      capital[i] *= mean * agents / sum;
    }
    return CrossSection.of(z, capital, labour);
  }

  /** Capital between none and that of the richest, log(k + offset) being uniform. */
  private double anywhere(RandomGenerator random) {
    double input = box.unscale(2 * random.nextDouble() - 1);
    return Math.max(Math.exp(input) - offset, 0);
  }

  /** Uniform over a wide interval: rare states are met as often as others at the start. */
  private static double wide(LogAutoregression law, RandomGenerator random) {
    double width = SDS * law.unconditionalSd();
    return law.logMean() + width * (2 * random.nextDouble() - 1);
  }
}
