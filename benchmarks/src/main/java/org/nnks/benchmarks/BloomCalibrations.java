package org.nnks.benchmarks;

import org.nnks.bloom.BloomCalibration;
import org.nnks.core.io.InvalidInputException;

/** Economies of Bloom et al. (2018) that the benchmarks run, by name or by size. */
final class BloomCalibrations {

  /** Nodes of K where histograms are enlarged: a period's work does not depend on their number. */
  private static final int MEAN_CAPITAL_NODES = 3;

  private BloomCalibrations() {}

  /**
   * An economy by name: {@code replication}, or {@code small}, which solves in seconds. In the
   * small one capital and hours wear out twice as fast, so that half as many nodes cover what firms
   * use, and there are two levels of a, closer together.
   *
   * @throws InvalidInputException if there is none of this name
   */
  static BloomCalibration named(String name) {
    return switch (name) {
      case "replication" -> BloomCalibration.replication();
      case "small" ->
          BloomCalibration.replication()
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
      default ->
          throw new InvalidInputException(
              "the calibration must be small or replication but is " + name);
    };
  }

  /**
   * The replication calibration with a histogram that is finer along k and n_-1, as in Yokomoto
   * (2026) Table 6: the same range with so many nodes for one. Nodes depreciate to one another, so
   * capital and hours wear out more slowly. The user cost of capital, 1/beta - 1 + delta_k, is the
   * same, and so K/Y nearly is: the economy is another one, the work of a period that of the finer
   * histogram.
   *
   * @param capitalTimes nodes of k for each of the original
   * @param hoursTimes nodes of n for each of the original
   */
  static BloomCalibration enlarged(int capitalTimes, int hoursTimes) {
    BloomCalibration original = BloomCalibration.replication();
    double depreciation = 1 - Math.pow(1 - original.depreciation(), 1.0 / capitalTimes);
    double userCost = 1 / original.discountFactor() - 1 + original.depreciation();
    return original
        .withMeanCapitalNodes(MEAN_CAPITAL_NODES)
        .withDiscountFactor(1 / (1 + userCost - depreciation))
        .withDepreciation(depreciation)
        .withSeparations(1 - Math.pow(1 - original.separations(), 1.0 / hoursTimes))
        .withCapitalNodes(capitalTimes * original.capitalNodes())
        .withHoursNodes(hoursTimes * original.hoursNodes())
        .withStartCapitalNode(capitalTimes * original.startCapitalNode())
        .withStartHoursNode(hoursTimes * original.startHoursNode())
        .withStartHalfWidth(Math.min(capitalTimes, hoursTimes) * original.startHalfWidth());
  }
}
