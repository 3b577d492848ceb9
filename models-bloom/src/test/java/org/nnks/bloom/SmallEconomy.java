package org.nnks.bloom;

/**
 * An economy that solves in seconds: capital and hours wear out twice as fast, so that half as many
 * nodes cover what firms use, and there are two levels of a, closer together. Nothing else is
 * changed.
 */
final class SmallEconomy {

  private SmallEconomy() {}

  static BloomCalibration calibration() {
    return BloomCalibration.replication()
        .withPriceMax(4)
        .withPriceNodes(97)
        .withProductivityStates(2)
        .withProductivityWidth(.5)
        .withStartHalfWidth(3)
        .withStartCapitalNode(30)
        .withDepreciation(.052)
        .withCapitalMin(.5)
        .withCapitalNodes(46)
        .withSeparations(.168)
        .withStartHoursNode(11)
        .withHoursNodes(19)
        .withMeanCapitalMin(1.5)
        .withMeanCapitalMax(4.5)
        .withMeanCapitalNodes(3);
  }

  static Bloom create() {
    return new Bloom(calibration());
  }
}
