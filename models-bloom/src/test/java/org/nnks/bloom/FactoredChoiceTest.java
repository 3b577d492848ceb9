package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The factored maximisation against the search over all pairs, written from the equations. */
class FactoredChoiceTest {

  /** Values are about 30; the order of additions differs. */
  private static final double ROUNDING = 1e-10;

  private static final int RANDOM_STATES = 300;

  private static final double PRICE = 1.37;

  /** W = p w, away from theta = 2: searches take it as given. */
  private static final double HOURS_PRICE = 1.83;

  private static final double PRODUCTIVITY = 1.02;

  static Stream<Bloom> economies() {
    BloomCalibration calibration = BloomCalibration.replication();
    return Stream.of(
        new Bloom(calibration),
        new Bloom(calibration.withCapitalFixedCost(.02)),
        new Bloom(
            calibration.withCapitalFixedCost(.02).withHoursFixedCost(0).withHoursLinearCost(0)),
        new Bloom(SmallEconomy.calibration().finer(2, 3)),
        new Bloom(SmallEconomy.calibration().finer(3, 1).withCapitalFixedCost(.02)));
  }

  /** beta E V is smooth, increasing and concave in solutions; noise makes the search harder. */
  private static double[] continuation(Bloom economy, double noise, Random random) {
    double[] continuation = new double[economy.cells()];
    int n = economy.hours().size();
    int k = economy.capital().size();
    for (int cell = 0; cell < continuation.length; cell++) {
      double z = economy.idiosyncratic(0).level(cell / (n * k));
      double capital = economy.capital().get(cell / n % k);
      double hours = economy.hours().get(cell % n);
      continuation[cell] =
          25 + 6 * z * Math.sqrt(capital) * Math.pow(hours, .2) + noise * random.nextGaussian();
    }
    return continuation;
  }

  /** The right-hand side of equation (44) of one firm at one pair of choices. */
  private static double rightHandSide(
      Bloom economy, int cell, int nextCapital, int chosen, double[] continuation) {
    int n = economy.hours().size();
    int row = cell / n;
    int z = row / economy.capital().size();
    int k = row % economy.capital().size();
    double wage = HOURS_PRICE / PRICE;
    double hours = economy.hours().get(chosen);
    double y =
        economy.output(
            PRODUCTIVITY, economy.idiosyncratic(0).level(z), economy.capital().get(k), hours);
    double investment = economy.capital().get(nextCapital) - economy.undepreciated(k);
    double hiring = hours - economy.unseparated(cell % n);
    double payoff =
        y
            - wage * hours
            - investment
            - economy.capitalCost(investment, y)
            - economy.hoursCost(hiring, y, wage);
    return PRICE * payoff + continuation[(z * economy.capital().size() + nextCapital) * n + chosen];
  }

  private static double[] solve(Bloom economy, double[] continuation, GridChoices choices) {
    double[] values = new double[economy.cells()];
    new FactoredChoice(economy)
        .solve(PRICE, HOURS_PRICE, PRODUCTIVITY, continuation, values, 0, choices);
    return values;
  }

  @ParameterizedTest
  @MethodSource("economies")
  void findsWhatTheSearchOverAllPairsFinds(Bloom economy) {
    Random random = new Random(20181101);
    for (double noise : new double[] {0, .3}) {
      double[] continuation = continuation(economy, noise, random);
      GridChoices choices = new GridChoices(economy);
      double[] values = solve(economy, continuation, choices);
      for (int draw = 0; draw < RANDOM_STATES; draw++) {
        int cell = random.nextInt(economy.cells());
        double best = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < economy.capital().size(); k++) {
          for (int n = 0; n < economy.hours().size(); n++) {
            best = Math.max(best, rightHandSide(economy, cell, k, n, continuation));
          }
        }
        assertThat(values[cell]).isCloseTo(best, within(ROUNDING));
        assertThat(
                rightHandSide(
                    economy, cell, choices.capital(cell), choices.hours(cell), continuation))
            .isCloseTo(best, within(ROUNDING));
      }
    }
  }

  /** Equations (46) to (50): inaction is where depreciation leads, adjustment everything else. */
  @ParameterizedTest
  @MethodSource("economies")
  void isTheBestOfTheFourBranches(Bloom economy) {
    Random random = new Random(4650);
    double[] continuation = continuation(economy, .1, random);
    GridChoices choices = new GridChoices(economy);
    double[] values = solve(economy, continuation, choices);
    int nodes = economy.hours().size();
    for (int draw = 0; draw < RANDOM_STATES; draw++) {
      int cell = random.nextInt(economy.cells());
      int keptCapital = economy.undepreciatedNode(cell / nodes % economy.capital().size());
      int keptHours = economy.unseparatedNode(cell % nodes);
      double[] branches = new double[4];
      java.util.Arrays.fill(branches, Double.NEGATIVE_INFINITY);
      for (int k = 0; k < economy.capital().size(); k++) {
        for (int n = 0; n < nodes; n++) {
          int branch = (k == keptCapital ? 0 : 1) + (n == keptHours ? 0 : 2);
          branches[branch] =
              Math.max(branches[branch], rightHandSide(economy, cell, k, n, continuation));
        }
      }
      int chosen =
          (choices.capital(cell) == keptCapital ? 0 : 1)
              + (choices.hours(cell) == keptHours ? 0 : 2);
      double best = java.util.Arrays.stream(branches).max().getAsDouble();
      assertThat(values[cell]).isCloseTo(best, within(ROUNDING));
      assertThat(branches[chosen]).isCloseTo(best, within(ROUNDING));
    }
  }

  @Test
  void allFourBranchesAreChosenSomewhere() {
    Bloom economy = new Bloom(BloomCalibration.replication());
    GridChoices choices = new GridChoices(economy);
    solve(economy, continuation(economy, 0, new Random(1)), choices);
    int nodes = economy.hours().size();
    int[] count = new int[4];
    for (int cell = 0; cell < economy.cells(); cell++) {
      boolean capital = choices.capital(cell) != cell / nodes % economy.capital().size() - 1;
      boolean hours = choices.hours(cell) != cell % nodes - 1;
      count[(capital ? 1 : 0) + (hours ? 2 : 0)]++;
    }
    assertThat(count).doesNotContain(0);
  }

  /** A firm that must choose one pair earns what the timing of separations and wages says. */
  @Test
  void separationsComeBeforeTheChoiceAndWagesArePaidOnChosenHours() {
    Bloom economy = new Bloom(BloomCalibration.replication());
    int n = economy.hours().size();
    int capitalNode = 40;
    int hoursNode = 20;
    double prize = 1e6;
    double[] continuation = new double[economy.cells()];
    continuation[(2 * economy.capital().size() + capitalNode) * n + hoursNode] = prize;
    double[] values = solve(economy, continuation, new GridChoices(economy));

    int cell = (2 * economy.capital().size() + capitalNode + 1) * n + hoursNode;
    double capital = economy.capital().get(capitalNode + 1);
    double hours = economy.hours().get(hoursNode);
    double y = PRODUCTIVITY * Math.pow(capital, .25) * Math.sqrt(hours);
    double wage = HOURS_PRICE / PRICE;
    // The capital is what depreciation leaves; the hours that left before are hired back.
    double expected = y - wage * hours - .096 * y - .072 * wage * .088 * hours;
    assertThat(values[cell] - prize).isCloseTo(PRICE * expected, within(1e-9));

    // With one node more of last quarter's hours, separations alone lead to the pair.
    assertThat(values[cell + 1] - prize).isCloseTo(PRICE * (y - wage * hours), within(1e-9));
  }

  @Test
  void firmsAtTheLowestNodesCannotStayPut() {
    Bloom economy = new Bloom(BloomCalibration.replication());
    double[] continuation = continuation(economy, 0, new Random(1));
    GridChoices choices = new GridChoices(economy);
    double[] values = solve(economy, continuation, choices);
    double stay = rightHandSide(economy, 0, 0, 0, continuation);
    double i = .026 * 1.125;
    double h = .088 * .035;
    double y = PRODUCTIVITY * economy.idiosyncratic(0).level(0) * Math.pow(1.125, .25);
    y *= Math.sqrt(.035);
    double wage = HOURS_PRICE / PRICE;
    assertThat(stay - continuation[0])
        .isCloseTo(PRICE * (y - wage * .035 - i - .096 * y - .072 * wage * h), within(ROUNDING));
    assertThat(values[0]).isGreaterThanOrEqualTo(stay);
  }
}
