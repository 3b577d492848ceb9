package org.nnks.bloom;

/**
 * An economy that solves in about a second: capital and hours wear out fast, so that few nodes
 * cover what firms use. Nothing else is changed.
 */
final class SmallEconomy {

  private SmallEconomy() {}

  static BloomCalibration calibration() {
    return BloomCalibration.replication()
        .withStartHalfWidth(2)
        .withPriceMax(4)
        .withPriceNodes(97)
        .withDepreciation(.1)
        .withSeparations(.2)
        .withCapitalMin(.4)
        .withStartCapitalNode(15)
        .withCapitalNodes(30)
        .withStartHoursNode(10)
        .withHoursMin(.05)
        .withHoursNodes(15)
        .withIdiosyncraticStates(3)
        .withProductivityStates(3)
        .withMeanCapitalMin(.8)
        .withMeanCapitalMax(3.2)
        .withMeanCapitalNodes(4);
  }

  static Bloom create() {
    return new Bloom(calibration());
  }
}
