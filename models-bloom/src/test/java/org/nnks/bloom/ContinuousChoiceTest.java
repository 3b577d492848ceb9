package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContinuousChoiceTest {

  /** Values are about 30; the order of additions differs. */
  private static final double ROUNDING = 1e-10;

  /** What parabolas through nodes 9 % apart may miss of values about 30. */
  private static final double PARABOLA = 2e-4;

  private static final double PRICE = 1.37;
  private static final double PRODUCTIVITY = 1.02;

  /** Candidates of k' or n in the search that the parabolas are compared with. */
  private static final int FINE = 4_000;

  static Stream<Bloom> economies() {
    BloomCalibration calibration = SmallEconomy.calibration();
    return Stream.of(
        new Bloom(calibration),
        new Bloom(calibration.withCapitalFixedCost(.02)),
        new Bloom(calibration.finer(2, 3)),
        new Bloom(BloomCalibration.replication()));
  }

  private static double smooth(double z, double capital, double hours) {
    return 25 + 6 * z * Math.sqrt(capital) * Math.pow(hours, .2);
  }

  private static double[] continuation(Bloom economy, double noise) {
    Random random = new Random(20181101);
    double[] continuation = new double[economy.cells()];
    int n = economy.hours().size();
    int k = economy.capital().size();
    for (int cell = 0; cell < continuation.length; cell++) {
      continuation[cell] =
          smooth(
                  economy.idiosyncratic(0).level(cell / (n * k)),
                  economy.capital().get(cell / n % k),
                  economy.hours().get(cell % n))
              + noise * random.nextGaussian();
    }
    return continuation;
  }

  private interface Row {
    void accept(int z, int k, int i, int cell);
  }

  private static void forEach(Bloom economy, ContinuousChoice choice, Row row) {
    int cell = 0;
    for (int z = 0; z < economy.calibration().idiosyncraticStates(); z++) {
      choice.chooseCapital(z);
      for (int k = 0; k < economy.capital().size(); k++) {
        choice.chooseHours(k);
        for (int i = 0; i < economy.hours().size(); i++) {
          row.accept(z, k, i, cell++);
        }
      }
    }
  }

  private static ContinuousChoice choice(Bloom economy, boolean refine, double[] continuation) {
    ContinuousChoice choice = new ContinuousChoice(economy, new ChoiceGrid(economy), refine);
    choice.begin(PRICE, 2, PRODUCTIVITY, continuation);
    return choice;
  }

  @ParameterizedTest
  @MethodSource("economies")
  void onTheNodesItIsTheExactChoice(Bloom economy) {
    double[] continuation = continuation(economy, .3);
    double[] values = new double[economy.cells()];
    GridChoices exact = new GridChoices(economy);
    new FactoredChoice(economy).solve(PRICE, 2, PRODUCTIVITY, continuation, values, 0, exact);
    ContinuousChoice choice = choice(economy, false, continuation);
    forEach(
        economy,
        choice,
        (z, k, i, cell) -> {
          int best = choice.best(i);
          assertThat(choice.value(best, i)).isCloseTo(values[cell], within(ROUNDING));
          double capital = economy.capital().get(exact.capital(cell));
          double hours = economy.hours().get(exact.hours(cell));
          assertThat(choice.capital(best, i)).isCloseTo(capital, within(ROUNDING));
          assertThat(choice.hours(best, i)).isCloseTo(hours, within(ROUNDING));
        });
  }

  @ParameterizedTest
  @MethodSource("economies")
  void inactionIsExactToTheBitAndRefiningNeverLoses(Bloom economy) {
    double[] continuation = continuation(economy, .3);
    ContinuousChoice onGrid = choice(economy, false, continuation);
    ContinuousChoice choice = choice(economy, true, continuation);
    int[] inaction = new int[2];
    double[] gridValues = new double[economy.cells()];
    forEach(economy, onGrid, (z, k, i, c) -> gridValues[c] = onGrid.value(onGrid.best(i), i));
    forEach(
        economy,
        choice,
        (z, k, i, cell) -> {
          int best = choice.best(i);
          assertThat(choice.value(best, i)).isGreaterThanOrEqualTo(gridValues[cell]);
          boolean moved = choice.capital(best, i) != economy.undepreciated(k);
          boolean changed = choice.hours(best, i) != economy.unseparated(i);
          assertThat(best).isEqualTo(Adjustment.index(moved, changed));
          inaction[0] += moved ? 0 : 1;
          inaction[1] += changed ? 0 : 1;
        });
    assertThat(inaction[0]).isPositive();
    assertThat(inaction[1]).isPositive();
  }

  /** One firm, with a fine search over k' and n in the function that the nodes are taken from. */
  @Test
  void parabolasFindTheMaximumOffTheGrids() {
    Bloom economy = SmallEconomy.create();
    ContinuousChoice choice = choice(economy, true, continuation(economy, 0));
    BloomCalibration calibration = economy.calibration();
    int z = 1;
    int k = 8;
    choice.chooseCapital(z);
    choice.chooseHours(k);
    for (int i : new int[] {0, 4, 9, 14}) {
      double best = Double.NEGATIVE_INFINITY;
      for (int c = 0; c <= FINE / 10; c++) {
        double capital = between(economy.capital().lower(), economy.capital().upper(), c * 10);
        for (int h = 0; h <= FINE; h += 20) {
          double hours = between(economy.hours().lower(), economy.hours().upper(), h);
          best = Math.max(best, value(economy, z, k, i, capital, hours));
          best = Math.max(best, value(economy, z, k, i, economy.undepreciated(k), hours));
        }
        best = Math.max(best, value(economy, z, k, i, capital, economy.unseparated(i)));
      }
      best =
          Math.max(best, value(economy, z, k, i, economy.undepreciated(k), economy.unseparated(i)));
      assertThat(choice.value(choice.best(i), i)).isCloseTo(best, within(PARABOLA));
    }
    assertThat(calibration.capitalFixedCost()).isZero();
  }

  private static double between(double lower, double upper, int step) {
    return lower * Math.pow(upper / lower, step / (double) FINE);
  }

  private static double value(
      Bloom economy, int z, int k, int i, double nextCapital, double hours) {
    double wage = economy.wage(PRICE);
    double level = economy.idiosyncratic(0).level(z);
    double y = economy.output(PRODUCTIVITY, level, economy.capital().get(k), hours);
    double investment = nextCapital - economy.undepreciated(k);
    double hiring = hours - economy.unseparated(i);
    return PRICE
            * (y
                - wage * hours
                - investment
                - economy.capitalCost(investment, y)
                - economy.hoursCost(hiring, y, wage))
        + smooth(level, nextCapital, hours);
  }
}
