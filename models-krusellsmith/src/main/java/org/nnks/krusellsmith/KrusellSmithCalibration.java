package org.nnks.krusellsmith;

import static org.nnks.core.io.Records.require;

import org.nnks.core.io.Records;
import org.nnks.krusellsmith.rbc.LogAutoregression;
import org.nnks.krusellsmith.rbc.RbcCalibration;

/**
 * Parameters of the Krusell-Smith economy, with log utility. One period is one quarter. A household
 * supplies e l units of labour: e hours by its employment, l its productivity.
 *
 * @param discountFactor beta, per quarter
 * @param capitalShare alpha, exponent of capital
 * @param depreciation delta, per quarter
 * @param productivity z, aggregate productivity
 * @param labour l, a household's productivity; a constant where employment is the only risk
 * @param employment e, unemployment risk; {@link Employment#full} where productivity is the only
 *     risk
 * @param capitalMax highest k of decisions and histogram; the lowest is 0, the borrowing limit
 * @param histogramNodes nodes of the histogram in k, closer together near 0
 * @param meanCapitalMin lowest K on which decisions are solved
 * @param meanCapitalMax highest K on which decisions are solved
 */
public record KrusellSmithCalibration(
    double discountFactor,
    double capitalShare,
    double depreciation,
    LogAutoregression productivity,
    LogAutoregression labour,
    Employment employment,
    double capitalMax,
    int histogramNodes,
    double meanCapitalMin,
    double meanCapitalMax) {

  /** The log mean of labour that Liu (2024) Table 1 prints, read literally. */
  static final double LIU_LOG_MEAN_LABOUR = .117;

  /** Rouwenhorst points for aggregate productivity: each needs a forecast line of its own. */
  static final int PRODUCTIVITY_STATES = 7;

  /** Rouwenhorst points for labour. */
  static final int LABOUR_STATES = 7;

  /** Checks every domain. */
  public KrusellSmithCalibration {
    require(
        discountFactor > 0 && discountFactor < 1, "discountFactor", "in (0, 1)", discountFactor);
    require(capitalShare > 0 && capitalShare < 1, "capitalShare", "in (0, 1)", capitalShare);
    require(depreciation > 0 && depreciation <= 1, "depreciation", "in (0, 1]", depreciation);
    if (employment.atRisk() && productivity.states() != 2) {
      throw new IllegalArgumentException(
          ("productivity.states must be 2, bad and good, where there is unemployment but is %d: set"
                  + " it to 2 or both unemployment rates to 0")
              .formatted(productivity.states()));
    }
    require(capitalMax > 0 && Double.isFinite(capitalMax), "capitalMax", "positive", capitalMax);
    require(histogramNodes >= 2, "histogramNodes", "at least 2", histogramNodes);
    require(meanCapitalMin > 0, "meanCapitalMin", "positive", meanCapitalMin);
    require(
        meanCapitalMax > meanCapitalMin && meanCapitalMax < capitalMax,
        "meanCapitalMax",
        "above meanCapitalMin and below capitalMax",
        meanCapitalMax);
  }

  /**
   * Liu (2024) Table 1: beta .98, alpha .33, delta .025; productivity AR(1) with .95 and .02,
   * labour AR(1) with .95 and .05. Both are read as logarithmic, and labour has mean 1: its unit is
   * arbitrary (docs/krusell-smith.md, deviations 1 and 2).
   */
  public static KrusellSmithCalibration liu2024() {
    return liu(.02, LogAutoregression.ofMean(1, .95, .05, LABOUR_STATES));
  }

  /**
   * {@link #liu2024} with .117, the "mean of labor" of Table 1, as the mean of log labour: the same
   * economy in other units.
   */
  public static KrusellSmithCalibration liu2024Literal() {
    KrusellSmithCalibration table1 =
        liu(.02, new LogAutoregression(LIU_LOG_MEAN_LABOUR, .95, .05, LABOUR_STATES));
    double unit = Math.exp(LIU_LOG_MEAN_LABOUR - liu2024().labour().logMean());
    return table1.inUnitsOf(unit);
  }

  /** Liu (2024) Table 4, the truth of his estimation: both innovations .03, both log means 0. */
  public static KrusellSmithCalibration liu2024Section4() {
    return liu(.03, new LogAutoregression(0, .95, .03, LABOUR_STATES));
  }

  /**
   * Den Haan, Judd and Juillard (2010), the comparison project of the Journal of Economic Dynamics
   * and Control: beta .99, alpha .36, delta .025, z .99 and 1.01 lasting eight quarters on average,
   * and {@link Employment#jedc2010}.
   */
  public static KrusellSmithCalibration jedc2010() {
    return new KrusellSmithCalibration(
        .99,
        .36,
        .025,
        LogAutoregression.twoLevels(.99, 1.01, .875),
        LogAutoregression.constant(0),
        Employment.jedc2010(),
        300,
        1000,
        33,
        47);
  }

  private static KrusellSmithCalibration liu(double productivitySd, LogAutoregression labour) {
    return new KrusellSmithCalibration(
        .98,
        .33,
        .025,
        new LogAutoregression(0, .95, productivitySd, PRODUCTIVITY_STATES),
        labour,
        Employment.full(),
        300,
        1000,
        11,
        36);
  }

  /** The economy in which one household with one unit of labour stands for all. */
  public RbcCalibration representative() {
    return new RbcCalibration(discountFactor, capitalShare, depreciation, productivity);
  }

  /** This calibration with capital grids in other units: every k and K times {@code unit}. */
  private KrusellSmithCalibration inUnitsOf(double unit) {
    return new KrusellSmithCalibration(
        discountFactor,
        capitalShare,
        depreciation,
        productivity,
        labour,
        employment,
        unit * capitalMax,
        histogramNodes,
        unit * meanCapitalMin,
        unit * meanCapitalMax);
  }

  /** This calibration with another {@code discountFactor}. */
  public KrusellSmithCalibration withDiscountFactor(double discountFactor) {
    return Records.with(this, "discountFactor", discountFactor);
  }

  /** This calibration with another {@code capitalShare}. */
  public KrusellSmithCalibration withCapitalShare(double capitalShare) {
    return Records.with(this, "capitalShare", capitalShare);
  }

  /** This calibration with another {@code depreciation}. */
  public KrusellSmithCalibration withDepreciation(double depreciation) {
    return Records.with(this, "depreciation", depreciation);
  }

  /** This calibration with another {@code productivity}. */
  public KrusellSmithCalibration withProductivity(LogAutoregression productivity) {
    return Records.with(this, "productivity", productivity);
  }

  /** This calibration with another {@code labour}. */
  public KrusellSmithCalibration withLabour(LogAutoregression labour) {
    return Records.with(this, "labour", labour);
  }

  /** This calibration with another {@code employment}. */
  public KrusellSmithCalibration withEmployment(Employment employment) {
    return Records.with(this, "employment", employment);
  }

  /** This calibration with another {@code capitalMax}. */
  public KrusellSmithCalibration withCapitalMax(double capitalMax) {
    return Records.with(this, "capitalMax", capitalMax);
  }

  /** This calibration with another {@code histogramNodes}. */
  public KrusellSmithCalibration withHistogramNodes(int histogramNodes) {
    return Records.with(this, "histogramNodes", histogramNodes);
  }

  /** This calibration with another {@code meanCapitalMin}. */
  public KrusellSmithCalibration withMeanCapitalMin(double meanCapitalMin) {
    return Records.with(this, "meanCapitalMin", meanCapitalMin);
  }

  /** This calibration with another {@code meanCapitalMax}. */
  public KrusellSmithCalibration withMeanCapitalMax(double meanCapitalMax) {
    return Records.with(this, "meanCapitalMax", meanCapitalMax);
  }
}
