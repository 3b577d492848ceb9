package org.nnks.khanthomas;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.numeric.Vector;

/** Published forecast rules of the Khan-Thomas economy. */
public final class KhanThomasRules {

  private KhanThomasRules() {}

  /**
   * The rules from which Terry (2017) starts every method: a good guess, not a solution. Source:
   * his public code.
   */
  public static ForecastRules terry2017Initial() {
    return new ForecastRules(
        new LogLinearRule(
            Vector.of(
                0.055703123796310788,
                0.069665036089883670,
                0.081809515956025064,
                0.094412606856224934,
                0.10996621006719427),
            Vector.of(
                0.81914773272391017,
                0.81538518691927342,
                0.81478097273136640,
                0.81379804303600745,
                0.80876644960499511)),
        new LogLinearRule(
            Vector.of(
                1.0156048668373361,
                0.99893966987725991,
                0.98065875147066461,
                0.96172566916304070,
                0.94552394727216549),
            Vector.of(
                -0.40906585902130099,
                -0.40622933253252513,
                -0.40188307388436484,
                -0.39616735766609229,
                -0.39495042951610010)));
  }
}
