package org.nnks.bloom;

/** The small calibration with three lines in K: firms' problems are solved in a second. */
public final class SmallEconomy {

  private SmallEconomy() {}

  public static BloomCalibration calibration() {
    return BloomCalibration.small()
        .withMeanCapitalDegree(BloomCalibration.LINEAR)
        .withMeanCapitalNodes(3);
  }

  public static Bloom create() {
    return new Bloom(calibration());
  }
}
