package org.nnks.capitals;

import static org.nnks.core.io.Records.require;

import java.util.List;
import org.nnks.core.io.Records;

/**
 * Parameters of the economy with several kinds of capital. One period is a year. Those that Khan
 * and Thomas (2008) have too are as in Terry (2017); kinds share the exponent and, on average, the
 * depreciation of their capital. Costs are of no paper.
 *
 * @param discountFactor beta, per year; .977, Terry (2017)
 * @param disutility phi, disutility of labour, so that p w = phi; 2.4, Khan and Thomas (2008)
 * @param labourShare nu, exponent of labour; .64, Terry (2017)
 * @param persistence of log A, per year; .859, Terry (2017)
 * @param aggregateSd standard deviation of its innovation; .014, Terry (2017)
 * @param aggregateStates points of Rouwenhorst's chain; 3
 * @param tasteScale scale of the extreme-value shocks to the branches, in units of value; .005: two
 *     fifths of what it costs to adjust everything
 * @param firms that a simulation follows one by one; 0 for a histogram of firms
 * @param kinds J, how many of the four kinds there are, from the first on
 * @param first kind of capital
 * @param second kind of capital
 * @param third kind of capital
 * @param fourth kind of capital
 */
public record CapitalsCalibration(
    double discountFactor,
    double disutility,
    double labourShare,
    double persistence,
    double aggregateSd,
    int aggregateStates,
    double tasteScale,
    int firms,
    int kinds,
    Kind first,
    Kind second,
    Kind third,
    Kind fourth) {

  /** The most kinds that there can be. */
  public static final int MOST_KINDS = 4;

  /** Exponents of all kinds together. */
  private static final double SHARE = .256;

  /** Mean depreciation. */
  private static final double DEPRECIATION = .069;

  /** How far depreciations are apart: from a half of the mean to one and a half. */
  private static final double SPREAD = .5;

  /** Hours that adjusting all kinds takes: a seventieth of the hours worked. */
  private static final double FIXED_COST = .005;

  /** Checks every domain. */
  public CapitalsCalibration {
    require(
        discountFactor > 0 && discountFactor < 1, "discountFactor", "in (0, 1)", discountFactor);
    require(disutility > 0, "disutility", "positive", disutility);
    require(labourShare > 0 && labourShare < 1, "labourShare", "in (0, 1)", labourShare);
    require(persistence > -1 && persistence < 1, "persistence", "in (-1, 1)", persistence);
    require(aggregateSd > 0, "aggregateSd", "positive", aggregateSd);
    require(aggregateStates >= 2, "aggregateStates", "at least 2", aggregateStates);
    require(tasteScale > 0, "tasteScale", "positive", tasteScale);
    require(firms >= 0, "firms", "0 or more", firms);
    require(kinds >= 1 && kinds <= MOST_KINDS, "kinds", "from 1 to " + MOST_KINDS, kinds);
    double shares =
        List.of(first, second, third, fourth).subList(0, kinds).stream()
            .mapToDouble(Kind::share)
            .sum();
    require(
        labourShare + shares < 1,
        "labourShare",
        "such that it and the shares of all kinds add up to less than 1",
        labourShare);
  }

  /**
   * J kinds that together are one: exponents and costs are equal and add up to those of one kind,
   * and depreciations differ about its own.
   *
   * @param kinds J, from 1 to 4
   */
  public static CapitalsCalibration of(int kinds) {
    return new CapitalsCalibration(
        .977,
        2.4,
        .64,
        .859,
        .014,
        3,
        .005,
        0,
        kinds,
        kind(0, kinds),
        kind(1, kinds),
        kind(2, kinds),
        kind(3, kinds));
  }

  private static Kind kind(int j, int kinds) {
    double place = kinds == 1 || j >= kinds ? 0 : 2.0 * j / (kinds - 1) - 1;
    return new Kind(SHARE / kinds, DEPRECIATION * (1 + SPREAD * place), FIXED_COST / kinds);
  }

  /** The kinds that there are. */
  public List<Kind> present() {
    return List.of(first, second, third, fourth).subList(0, kinds);
  }

  /** These parameters with so many firms followed one by one. */
  public CapitalsCalibration withFirms(int number) {
    return Records.with(this, "firms", number);
  }

  /** These parameters with other kinds in the place of the first. */
  public CapitalsCalibration with(List<Kind> others) {
    return new CapitalsCalibration(
        discountFactor,
        disutility,
        labourShare,
        persistence,
        aggregateSd,
        aggregateStates,
        tasteScale,
        firms,
        others.size(),
        others.get(0),
        others.size() > 1 ? others.get(1) : second,
        others.size() > 2 ? others.get(2) : third,
        others.size() > 3 ? others.get(3) : fourth);
  }
}
