package org.nnks.bloom;

/**
 * Positions on the grids of k and n, counted in nodes and not necessarily whole: in logs both grids
 * are evenly spaced, so that a position is a place. Immutable.
 */
public final class ChoiceGrid {

  private final int capitalNodes;
  private final int hoursNodes;
  private final double logCapitalMin;
  private final double capitalStep;
  private final double logHoursMin;
  private final double hoursStep;

  /** The grids of an economy. */
  public ChoiceGrid(Bloom economy) {
    BloomCalibration calibration = economy.calibration();
    capitalNodes = economy.capital().size();
    hoursNodes = economy.hours().size();
    logCapitalMin = Math.log(economy.capital().lower());
    capitalStep = -Math.log(1 - calibration.depreciation()) / calibration.capitalSteps();
    logHoursMin = Math.log(economy.hours().lower());
    hoursStep = -Math.log(1 - calibration.separations()) / calibration.hoursSteps();
  }

  /** The number of nodes of k. */
  public int capitalNodes() {
    return capitalNodes;
  }

  /** The number of nodes of n. */
  public int hoursNodes() {
    return hoursNodes;
  }

  /** The number of nodes (k, n), ordered with n innermost. */
  public int size() {
    return capitalNodes * hoursNodes;
  }

  /** The intervals of k for each of a coarser grid over the same range. */
  public int capitalTimes(ChoiceGrid coarser) {
    return (capitalNodes - 1) / (coarser.capitalNodes - 1);
  }

  /** The intervals of n for each of a coarser grid over the same range. */
  public int hoursTimes(ChoiceGrid coarser) {
    return (hoursNodes - 1) / (coarser.hoursNodes - 1);
  }

  /** k at a position. */
  public double capital(double position) {
    return Math.exp(logCapital(position));
  }

  /** n at a position. */
  public double hours(double position) {
    return Math.exp(logHours(position));
  }

  /** A position on the grid of k as a number in [-1, 1], which is linear in log k. */
  public double scaledCapital(double position) {
    return 2 * position / (capitalNodes - 1) - 1;
  }

  /** A position on the grid of n as a number in [-1, 1], which is linear in log n. */
  public double scaledHours(double position) {
    return 2 * position / (hoursNodes - 1) - 1;
  }

  /** The position on the grid of k of such a number; of its end, if it is beyond. */
  public double capitalPosition(double scaled) {
    return (Math.max(-1, Math.min(1, scaled)) + 1) / 2 * (capitalNodes - 1);
  }

  /** The position on the grid of n of such a number; of its end, if it is beyond. */
  public double hoursPosition(double scaled) {
    return (Math.max(-1, Math.min(1, scaled)) + 1) / 2 * (hoursNodes - 1);
  }

  /** Distances between nodes of k and n, in logs. */
  public double capitalStep() {
    return capitalStep;
  }

  public double hoursStep() {
    return hoursStep;
  }

  /** log k at a position. */
  private double logCapital(double position) {
    return logCapitalMin + capitalStep * position;
  }

  /** log n at a position. */
  private double logHours(double position) {
    return logHoursMin + hoursStep * position;
  }
}
