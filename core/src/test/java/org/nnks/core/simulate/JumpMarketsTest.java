package org.nnks.core.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Grid;
import org.nnks.core.simulate.JumpMarkets.Share;

/**
 * Agents who choose from lists, each choice a pair of goods g made with hours l: the best by p g -
 * W l + c. A household buys 1/p goods and sells W^2 hours. Then the prices that clear both markets
 * are where the convex function sum of max (p g - W l + c) - log p + W^3/3 is least: a second way
 * to find them.
 */
class JumpMarketsTest {

  private static final int TYPES = 40;
  private static final int CHOICES = 6;
  private static final int ECONOMIES = 30;

  /** Goods and hours of all agents. */
  private static final class Sums {
    private double goods;
    private double hours;
  }

  /** One economy. */
  private static class Lists implements JumpMarkets.Markets<Sums> {
    private final double[][] g = new double[TYPES][CHOICES];
    private final double[][] l = new double[TYPES][CHOICES];
    private final double[][] c = new double[TYPES][CHOICES];

    Lists(Random random) {
      for (int i = 0; i < TYPES; i++) {
        for (int j = 0; j < CHOICES; j++) {
          l[i][j] = j * (.5 + random.nextDouble()) / (3.0 * TYPES);
          g[i][j] = Math.sqrt(.2 + j) * (.5 + random.nextDouble()) / TYPES;
          c[i][j] = .3 * random.nextDouble() / TYPES;
        }
      }
    }

    double decide(double p, double hoursPrice, Sums sums) {
      sums.goods = 0;
      sums.hours = 0;
      double value = 0;
      for (int i = 0; i < TYPES; i++) {
        int best = 0;
        for (int j = 1; j < CHOICES; j++) {
          best = worth(i, j, p, hoursPrice) > worth(i, best, p, hoursPrice) ? j : best;
        }
        value += worth(i, best, p, hoursPrice);
        sums.goods += g[i][best];
        sums.hours += l[i][best];
      }
      return value;
    }

    private double worth(int i, int j, double p, double hoursPrice) {
      return p * g[i][j] - hoursPrice * l[i][j] + c[i][j];
    }

    double potential(double p, double hoursPrice) {
      return decide(p, hoursPrice, new Sums()) - Math.log(p) + Math.pow(hoursPrice, 3) / 3;
    }

    @Override
    public JumpClearing.Demand<Sums> first(double... second) {
      return (p, sums) -> {
        decide(p, second[0], sums);
        return 1 / p - sums.goods;
      };
    }

    @Override
    public double second(double[] prices, List<Share<Sums>> mixture) {
      double hours = 0;
      for (Share<Sums> share : mixture) {
        hours += share.weight() * share.decisions().hours;
      }
      return hours - prices[1] * prices[1];
    }
  }

  private static JumpMarkets<Sums> search(double lower, double upper) {
    Grid grid = Grid.linear(lower, upper, 2);
    return new JumpMarkets<>(
        JumpClearing.Rule.MIXED, List.of("p", "W"), List.of(grid, grid), Sums::new);
  }

  /** Agents who would like to hold s(t) / p goods, in multiples of 1e-3 of it: many small jumps. */
  private static final class ManyJumps implements JumpMarkets.Markets<Sums> {
    private static final double STEP = 1e-3;
    private final double supply;

    ManyJumps(double supply) {
      this.supply = supply;
    }

    @Override
    public JumpClearing.Demand<Sums> first(double... second) {
      return (p, sums) -> {
        sums.goods = STEP * Math.floor(20 * Math.log(p / supply) / STEP);
        return -sums.goods;
      };
    }

    @Override
    public double second(double[] prices, List<Share<Sums>> mixture) {
      throw new AssertionError("there is no second market");
    }
  }

  private static JumpMarkets<Sums> one(double resolution) {
    return new JumpMarkets<>(
        JumpClearing.Rule.MIXED,
        resolution,
        List.of("p"),
        List.of(Grid.linear(.1, 5, 2)),
        Sums::new);
  }

  /** Demand falls by 20 % when the price rises by 1 %, by 1 % in a bracket, and by .1 % a jump. */
  @Test
  void aWideBracketIsFoundBySecantsAndItsMixtureClearsTheMarket() {
    double wide = 5e-4;
    JumpMarkets<Sums> coarse = one(wide);
    JumpMarkets<Sums> fine = one(JumpClearing.RESOLUTION);
    Random random = new Random(1);
    int evaluations = 0;
    int all = 0;
    for (int t = 0; t < ECONOMIES; t++) {
      double[] forecast = {1 + .003 * random.nextGaussian()};
      ManyJumps market = new ManyJumps(1);
      coarse.clear(t, forecast, market);
      fine.clear(t, forecast, market);
      double goods = 0;
      double[] ends = new double[2];
      for (int i = 0; i < 2; i++) {
        Share<Sums> share = coarse.mixture().get(i);
        goods += share.weight() * share.decisions().goods;
        ends[i] = share.prices().get(0);
      }
      assertThat(goods).isCloseTo(0, within(1e-12));
      assertThat(ends[1] / ends[0] - 1).isBetween(0., wide);
      assertThat(coarse.prices()[0]).isBetween(ends[0], ends[1]);
      assertThat(coarse.prices()[0]).isCloseTo(fine.prices()[0], within(1e-4));
      evaluations += t == 0 ? 0 : coarse.evaluations(); // the slope is not known before
      all += t == 0 ? 0 : fine.evaluations();
    }
    assertThat(evaluations).isLessThanOrEqualTo(4 * (ECONOMIES - 1));
    assertThat(all).isGreaterThan(2 * evaluations);
  }

  @Test
  void bothMarketsClearWhereThePotentialIsLeast() {
    JumpMarkets<Sums> search = search(.05, 5);
    for (int seed = 0; seed < ECONOMIES; seed++) {
      Lists economy = new Lists(new Random(seed));
      search.clear(1, new double[] {.8, .7}, economy);
      double[] found = search.prices();
      double goods = 0;
      double hours = 0;
      for (Share<Sums> share : search.mixture()) {
        goods += share.weight() * share.decisions().goods;
        hours += share.weight() * share.decisions().hours;
      }
      assertThat(search.cleared()).isTrue();
      assertThat(search.mixture()).hasSize(4);
      assertThat(1 / found[0] - goods).isCloseTo(0, within(1e-9));
      assertThat(hours - found[1] * found[1]).isCloseTo(0, within(1e-8));
      double least = economy.potential(found[0], found[1]);
      for (double size : new double[] {1e-3, 1e-2, .1}) {
        for (int step = 0; step < 12; step++) {
          double p = found[0] * (1 + size * Math.cos(step * Math.PI / 6));
          double hoursPrice = found[1] * (1 + size * Math.sin(step * Math.PI / 6));
          assertThat(economy.potential(p, hoursPrice)).as("seed %d", seed).isGreaterThan(least);
        }
      }
    }
  }

  @Test
  void aSecondPriceOutOfReachIsNamed() {
    Lists economy =
        new Lists(new Random(1)) {
          @Override
          public double second(double[] prices, List<Share<Sums>> mixture) {
            return 1;
          }
        };
    assertThatThrownBy(() -> search(.05, 5).clear(3, new double[] {.8, .7}, economy))
        .isInstanceOf(UnclearedMarketException.class)
        .hasMessageContaining("period 3: excess demand has no root on W in [0.05, 5.0]");
  }

  @Test
  void threePricesAreRefused() {
    Grid grid = Grid.linear(.05, 5, 2);
    List<String> names = List.of("p", "W", "q");
    assertThatThrownBy(
            () ->
                new JumpMarkets<>(
                    JumpClearing.Rule.MIXED, names, List.of(grid, grid, grid), Sums::new))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one price or two, with nodes of each, but got [p, W, q] and 3");
  }
}
