package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nnks.core.markov.MarkovChain;

class FirmHistogramTest {

  private static final double MASS = 1e-12;

  private final Bloom economy = SmallEconomy.create();

  @Test
  void startsEvenlyAroundTheNodesOfTheCalibration() {
    Bloom full = new Bloom(BloomCalibration.replication());
    FirmHistogram firms = FirmHistogram.start(full);
    int n = full.hours().size();
    int block = n * full.capital().size();
    for (int cell = 0; cell < full.cells(); cell++) {
      int k = cell % block / n;
      int j = cell % n;
      boolean inside = k >= 44 && k <= 54 && j >= 14 && j <= 24;
      assertThat(firms.mass(cell)).isEqualTo(inside ? 1.0 / (5 * 11 * 11) : 0);
    }
    assertThat(firms.total()).isCloseTo(1, within(MASS));
  }

  @Test
  void lotteriesKeepMassAndMeans() {
    Random random = new Random(2010);
    FirmHistogram firms = FirmHistogram.start(economy);
    FirmDecisions decisions = new FirmDecisions(economy);
    for (int period = 0; period < 20; period++) {
      double capital = 0;
      double hours = 0;
      for (int cell = 0; cell < economy.cells(); cell++) {
        double k = uniform(random, economy.capital().lower(), economy.capital().upper());
        double n = uniform(random, economy.hours().lower(), economy.hours().upper());
        decisions.set(cell, k, n);
        capital += firms.mass(cell) * k;
        hours += firms.mass(cell) * n;
      }
      firms.move(decisions, 1);
      firms.redraw(period % 2);
      assertThat(firms.total()).isCloseTo(1, within(MASS));
      assertThat(firms.meanCapital()).isCloseTo(capital, within(MASS));
      assertThat(firms.meanHours()).isCloseTo(hours, within(MASS));
    }
  }

  @Test
  void lotteriesThatHitNodesAreGridChoices() {
    Random random = new Random(3);
    FirmHistogram byNode = FirmHistogram.start(economy);
    FirmHistogram byLottery = FirmHistogram.start(economy);
    GridChoices choices = new GridChoices(economy);
    FirmDecisions decisions = new FirmDecisions(economy);
    for (int cell = 0; cell < economy.cells(); cell++) {
      int k = random.nextInt(economy.capital().size());
      int n = random.nextInt(economy.hours().size());
      choices.set(cell, k, n);
      decisions.set(cell, economy.capital().get(k), economy.hours().get(n));
    }
    byNode.move(choices, 1);
    byNode.redraw(1);
    byLottery.move(decisions, 1);
    byLottery.redraw(1);
    for (int cell = 0; cell < economy.cells(); cell++) {
      assertThat(byLottery.mass(cell)).isCloseTo(byNode.mass(cell), within(MASS));
    }
    assertThat(totals(choices)).isEqualTo(totals(decisions));
  }

  private FirmTotals totals(GridChoices choices) {
    return new FirmTotals.Counter(economy)
        .of(FirmHistogram.start(economy), choices, 1.01, economy.wage(1.4));
  }

  private FirmTotals totals(FirmDecisions decisions) {
    return new FirmTotals.Counter(economy)
        .of(FirmHistogram.start(economy), decisions, 1.01, economy.wage(1.4));
  }

  /** Totals by a loop over firms that is written from the equations. */
  @Test
  void totalsAddUpTheEquations() {
    Random random = new Random(38);
    FirmHistogram firms = FirmHistogram.start(economy);
    FirmDecisions decisions = new FirmDecisions(economy);
    double[] sum = new double[8];
    double price = 1.4;
    int n = economy.hours().size();
    for (int cell = 0; cell < economy.cells(); cell++) {
      int k = cell / n % economy.capital().size();
      int z = cell / n / economy.capital().size();
      boolean invests = random.nextBoolean();
      boolean hires = random.nextBoolean();
      double i = invests ? random.nextDouble() - .5 : 0;
      double next = economy.undepreciated(k) + i;
      double hours = economy.unseparated(cell % n) + (hires ? .1 * random.nextDouble() : 0);
      decisions.set(cell, next, hours);
      double y =
          economy.output(1.01, economy.idiosyncratic(0).level(z), economy.capital().get(k), hours);
      double investment = next - economy.undepreciated(k);
      double hiring = hours - economy.unseparated(cell % n);
      double[] firm = {
        y,
        investment,
        economy.capitalCost(investment, y),
        economy.hoursCost(hiring, y, economy.wage(price)),
        hours,
        next,
        invests ? 1 : 0,
        hires ? 1 : 0
      };
      for (int m = 0; m < sum.length; m++) {
        sum[m] += firms.mass(cell) * firm[m];
      }
    }
    FirmTotals totals =
        new FirmTotals.Counter(economy).of(firms, decisions, 1.01, economy.wage(price));
    double[] counted = {
      totals.output(),
      totals.investment(),
      totals.capitalCosts(),
      totals.hoursCosts(),
      totals.hours(),
      totals.nextCapital(),
      totals.adjustingCapital(),
      totals.adjustingHours()
    };
    assertThat(counted).containsExactly(sum, within(MASS));
    assertThat(totals.consumption()).isCloseTo(sum[0] - sum[1] - sum[2] - sum[3], within(MASS));
    assertThat(totals.nextCapital())
        .isCloseTo(
            (1 - economy.calibration().depreciation()) * firms.meanCapital() + totals.investment(),
            within(MASS));
  }

  /** The volatility of the quarter that ends decides how z is redrawn. */
  @Test
  void shocksAreRedrawnByTheVolatilityOfTheQuarter() {
    for (int s = 0; s < AggregateStates.VOLATILITIES; s++) {
      FirmHistogram firms = FirmHistogram.start(economy);
      GridChoices stay = new GridChoices(economy);
      for (int cell = 0; cell < economy.cells(); cell++) {
        stay.set(cell, 3, 4);
      }
      firms.move(stay, 1);
      firms.redraw(s);
      MarkovChain chain = economy.idiosyncratic(s);
      int block = economy.cells() / chain.size();
      for (int next = 0; next < chain.size(); next++) {
        double expected = 0;
        for (int z = 0; z < chain.size(); z++) {
          expected += chain.probability(z, next) / chain.size();
        }
        assertThat(firms.mass(next * block + 3 * economy.hours().size() + 4))
            .isCloseTo(expected, within(MASS));
      }
    }
  }

  private static double uniform(Random random, double lower, double upper) {
    return lower + (upper - lower) * random.nextDouble();
  }
}
