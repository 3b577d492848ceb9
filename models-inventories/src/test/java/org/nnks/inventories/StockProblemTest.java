package org.nnks.inventories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A firm's decisions against a firm that tries everything, its cost drawn by quadrature. */
class StockProblemTest {

  private static final InventoriesCalibration CALIBRATION = InventoriesCalibration.khanThomas2007();

  private static final double P = 3.24;
  private static final double Q = .417;
  private static final int TRIED = 200_000;
  private static final int DRAWS = 20_000;

  private static final StockKnots KNOTS =
      new StockKnots(CALIBRATION.stockMax(), StockProblem.curvature(CALIBRATION));

  private static StockProblem problem;

  /** Some twenty sweeps from nothing give a continuation of the right shape. */
  @BeforeAll
  static void iterate() {
    problem = new StockProblem(CALIBRATION, KNOTS);
    StockFunction value = new StockFunction(KNOTS);
    for (int sweep = 0; sweep < 20; sweep++) {
      problem.continuation().fill(0);
      problem.continuation().add(CALIBRATION.discountFactor(), value);
      problem.prices(P, Q);
      StockFunction next = new StockFunction(KNOTS);
      problem.solve(next);
      value.take(next);
    }
  }

  /** p y - eta n with the best n, by trial; then what is left of s after using m. */
  private static double production(double used) {
    double best = Double.NEGATIVE_INFINITY;
    double tn = CALIBRATION.labourShare();
    double hours =
        Math.pow(P * tn * Math.pow(used, CALIBRATION.materialShare()) / 2.128, 1 / (1 - tn));
    for (double n = .5 * hours; n < 1.5 * hours; n += hours / 1000) {
      double y = Math.pow(used, CALIBRATION.materialShare()) * Math.pow(n, tn);
      best = Math.max(best, P * y - CALIBRATION.disutility() * n);
    }
    return best;
  }

  @Test
  void worthIsOutputLessWages() {
    for (double used : new double[] {1e-4, .1, .5, 1.2}) {
      double found = problem.worth(used);
      assertThat(found).isCloseTo(production(used), within(1e-6 * found));
    }
  }

  private static double continued(double kept) {
    return problem.continuation().at(KNOTS.rootOf(kept));
  }

  private static double use(double stock, double kept) {
    return problem.worth(stock - kept) - P * CALIBRATION.storageCost() * kept + continued(kept);
  }

  @Test
  void whatIsKeptIsTheBestOfAll() {
    for (double stock : new double[] {1e-6, .002, .0977, .35, .7125, 1.1632, 1.6}) {
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < TRIED; i++) {
        double share = (double) i / TRIED;
        best = Math.max(best, use(stock, stock * share * share * share));
      }
      double found = problem.useValue(stock, problem.keptRoot(stock));
      assertThat(found).as("value of using, s = %s", stock).isBetween(best - 1e-12, best + 1e-7);
    }
  }

  @Test
  void anOrderIsTheBestOfAllAndCostsAreDrawn() {
    double cost = CALIBRATION.disutility() * CALIBRATION.maxOrderCost();
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 2_000; i++) {
      double used = 1.2 * i / 2_000;
      for (int j = 0; j < 2_000; j++) {
        double kept = 1.8 * j / 2_000;
        double value =
            problem.worth(used)
                - P * Q * (used + kept)
                - P * CALIBRATION.storageCost() * kept
                + continued(kept);
        best = Math.max(best, value);
      }
    }
    for (double stock : new double[] {.002, .35, 1.1632}) {
      double wait = problem.useValue(stock, problem.keptRoot(stock));
      double mean = 0;
      for (int i = 0; i < DRAWS; i++) {
        mean += Math.max(best + P * Q * stock - cost * (i + .5) / DRAWS, wait) / DRAWS;
      }
      assertThat(problem.value(stock)).as("V(%s)", stock).isCloseTo(mean, within(1e-6));
    }
  }

  /** The derivative by the envelope theorem is that of the value. */
  @Test
  void slopesAreThoseOfTheValue() {
    StockFunction solved = new StockFunction(KNOTS);
    problem.solve(solved);
    for (int i = 20; i < KNOTS.size() - 1; i += 20) {
      double step = 1e-5;
      double above = problem.value(KNOTS.stock(KNOTS.root(i) + step));
      double below = problem.value(KNOTS.stock(KNOTS.root(i) - step));
      assertThat(solved.slope[i]).isCloseTo((above - below) / (2 * step), within(1e-6));
      assertThat(solved.value[i])
          .isCloseTo(problem.value(KNOTS.stock(i)) - problem.valueOfNothing(), within(1e-12));
    }
  }
}
