package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.markov.MarkovChain;

class BloomTest {

  /** Both programs compute in double precision; powers and exponentials differ in the last bits. */
  private static final double ROUNDING = 1e-12;

  private final Bloom economy = new Bloom(BloomCalibration.replication());
  private final GridsFile reference = new GridsFile();

  @Test
  void gridsAreThoseOfTheReference() {
    assertThat(economy.capital().nodes().toArray()).containsExactly(block("k0"), within(ROUNDING));
    assertThat(economy.hours().nodes().toArray()).containsExactly(block("l0"), within(ROUNDING));
    assertThat(economy.meanCapital().nodes().toArray())
        .containsExactly(block("kbar0"), within(ROUNDING));
    for (int s : new int[] {AggregateStates.LOW, AggregateStates.HIGH}) {
      assertThat(economy.idiosyncratic(s).levels().toArray())
          .containsExactly(block("z0"), within(ROUNDING));
      assertThat(economy.states().productivityChain(s).levels().toArray())
          .containsExactly(block("a0"), within(ROUNDING));
    }
  }

  @Test
  void chainsAreThoseOfTheReference() {
    assertThat(economy.states().volatilityChain().transition().toArray())
        .containsExactly(block("prs rows"), within(ROUNDING));
    for (int s : new int[] {AggregateStates.LOW, AggregateStates.HIGH}) {
      assertThat(economy.idiosyncratic(s).transition().toArray())
          .containsExactly(block("prz rows, s= " + (s + 1)), within(ROUNDING));
      assertThat(economy.states().productivityChain(s).transition().toArray())
          .containsExactly(block("pra rows, s= " + (s + 1)), within(ROUNDING));
    }
  }

  @Test
  void aggregateStatesCountInnermostLaggedVolatility() {
    AggregateStates states = economy.states();
    assertThat(economy.stateName(1)).isEqualTo("state 2, volatility low after high");
    assertThat(economy.stateName(6)).isEqualTo("state 7, volatility high after low");
    int expected = 0;
    for (int a = 0; a < 5; a++) {
      for (int s = 0; s < 2; s++) {
        for (int lagged = 0; lagged < 2; lagged++) {
          int state = states.index(a, s, lagged);
          assertThat(state).isEqualTo(expected++);
          assertThat(states.productivity(state)).isEqualTo(a);
          assertThat(states.volatility(state)).isEqualTo(s);
          assertThat(states.laggedVolatility(state)).isEqualTo(lagged);
        }
      }
    }
    assertThat(states.size()).isEqualTo(20);
    assertThat(states.history(new int[] {2, 3, 3}, new int[] {0, 1, 0}, AggregateStates.LOW))
        .containsExactly(states.index(2, 0, 0), states.index(3, 1, 0), states.index(3, 0, 1));
  }

  @Test
  void thisQuartersVolatilityGovernsTheStepToTheNext() {
    AggregateStates states = economy.states();
    MarkovChain chain = economy.aggregate();
    for (int state = 0; state < states.size(); state++) {
      int s = states.volatility(state);
      double reachable = 0;
      for (int a = 0; a < states.productivityStates(); a++) {
        for (int next = 0; next < AggregateStates.VOLATILITIES; next++) {
          double probability = chain.probability(state, states.index(a, next, s));
          reachable += probability;
          assertThat(probability)
              .isEqualTo(
                  states.productivityChain(s).probability(states.productivity(state), a)
                      * states.volatilityChain().probability(s, next));
        }
      }
      // All mass goes to states whose lagged volatility is today's.
      assertThat(reachable).isCloseTo(1, within(ROUNDING));
    }
  }

  @Test
  void laggedVolatilityChangesNoTransition() {
    AggregateStates states = economy.states();
    for (int a = 0; a < states.productivityStates(); a++) {
      for (int s = 0; s < AggregateStates.VOLATILITIES; s++) {
        assertThat(economy.aggregate().transition().row(states.index(a, s, 0)))
            .isEqualTo(economy.aggregate().transition().row(states.index(a, s, 1)));
      }
    }
  }

  @Test
  void volatilityIsHighThreeTenthsOfTheTime() {
    assertThat(economy.states().volatilityChain().stationary().get(AggregateStates.HIGH))
        .isCloseTo(.303, within(5e-4));
    Bloom published = new Bloom(BloomCalibration.published());
    assertThat(published.states().volatilityChain().stationary().get(AggregateStates.HIGH))
        .isCloseTo(.3115, within(5e-4));
  }

  /**
   * The published grids are made for low volatility: in lasting high volatility their five states
   * hold about a third of the standard deviation of z. By hand: most of the mass is at the ends, 2
   * of 4.117 sds away.
   */
  @Test
  void gridsTooNarrowForHighVolatilityAreWarnedOf() {
    assertThat(economy.warnings()).hasSize(2);
    assertThat(economy.warnings().get(0))
        .startsWith("the chain of aggregate productivity in lasting high volatility has")
        .contains("0.791 times the standard deviation");
    assertThat(economy.warnings().get(1))
        .startsWith("the chain of idiosyncratic productivity in lasting high volatility has")
        .contains("0.360 times the standard deviation");
  }

  @Test
  void inactionIsOneNodeDown() {
    double depreciation = economy.calibration().depreciation();
    double separations = economy.calibration().separations();
    for (int i = 1; i < economy.capital().size(); i++) {
      assertThat(economy.undepreciated(i)).isEqualTo(economy.capital().get(i - 1));
      assertThat((1 - depreciation) * economy.capital().get(i))
          .isCloseTo(economy.undepreciated(i), within(ROUNDING));
    }
    for (int i = 1; i < economy.hours().size(); i++) {
      assertThat(economy.unseparated(i)).isEqualTo(economy.hours().get(i - 1));
      assertThat((1 - separations) * economy.hours().get(i))
          .isCloseTo(economy.unseparated(i), within(ROUNDING));
    }
    assertThat(economy.undepreciated(0)).isLessThan(economy.capital().lower());
    assertThat(economy.unseparated(0)).isLessThan(economy.hours().lower());
  }

  /** Finer grids hold every node of the coarser, and inaction leads as far down as before. */
  @Test
  void finerGridsAreTheSameEconomy() {
    Bloom finer = new Bloom(economy.calibration().finer(3, 2));
    for (int i = 0; i < economy.capital().size(); i++) {
      assertThat(finer.capital().get(3 * i)).isCloseTo(economy.capital().get(i), within(ROUNDING));
      assertThat(finer.undepreciated(3 * i)).isCloseTo(economy.undepreciated(i), within(ROUNDING));
    }
    for (int i = 0; i < economy.hours().size(); i++) {
      assertThat(finer.hours().get(2 * i)).isCloseTo(economy.hours().get(i), within(ROUNDING));
      assertThat(finer.unseparated(2 * i)).isCloseTo(economy.unseparated(i), within(ROUNDING));
    }
    assertThat(finer.capital().size()).isEqualTo(271);
    assertThat(finer.hours().size()).isEqualTo(73);
    assertThat(finer.undepreciated(2)).isEqualTo((1 - .026) * finer.capital().get(2));
    assertThat(finer.undepreciated(3)).isEqualTo(finer.capital().get(0));
    FirmHistogram start = FirmHistogram.start(finer);
    assertThat(start.total()).isCloseTo(1, within(ROUNDING));
    assertThat(start.meanCapital())
        .isCloseTo(FirmHistogram.start(economy).meanCapital(), within(ROUNDING));
    assertThat(start.meanHours())
        .isCloseTo(FirmHistogram.start(economy).meanHours(), within(ROUNDING));
    assertThat(economy.calibration().finer(1, 1)).isEqualTo(economy.calibration());
  }

  @Test
  void adjustmentCosts() {
    Bloom costly = new Bloom(BloomCalibration.replication().withCapitalFixedCost(.01));
    double y = economy.output(1.02, 1.1, 5, .3);
    assertThat(y).isCloseTo(1.02 * 1.1 * Math.sqrt(Math.sqrt(5)) * Math.sqrt(.3), within(ROUNDING));
    assertThat(costly.capitalCost(0, y)).isZero();
    assertThat(costly.capitalCost(.2, y)).isCloseTo(.01 * y, within(ROUNDING));
    assertThat(costly.capitalCost(-.2, y)).isCloseTo(.01 * y + .339 * .2, within(ROUNDING));
    assertThat(economy.capitalCost(.2, y)).isZero();
    assertThat(economy.hoursCost(0, y, 1.5)).isZero();
    assertThat(economy.hoursCost(.02, y, 1.5))
        .isCloseTo(.096 * y + .072 * 1.5 * .02, within(ROUNDING))
        .isEqualTo(economy.hoursCost(-.02, y, 1.5));
  }

  @Test
  void calibrationRejectsWhatIsOutsideItsDomain() {
    BloomCalibration good = BloomCalibration.replication();
    assertThatThrownBy(() -> good.withLabourShare(.8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labourShare must be above 0 and below 1 - capitalShare but is 0.8");
    assertThatThrownBy(() -> good.withHighToHigh(1))
        .hasMessage("highToHigh must be in (0, 1) but is 1.0");
    assertThatThrownBy(() -> good.withMeanCapitalDegree(2))
        .hasMessage("meanCapitalDegree must be 1 or 3 but is 2");
    assertThatThrownBy(() -> BloomCalibration.refined().withMeanCapitalNodes(3))
        .hasMessage("meanCapitalNodes must be at least 4 but is 3");
    assertThatThrownBy(() -> good.withStartHoursNode(35))
        .hasMessage(
            "startHoursNode must be at least 5 nodes, the firms of the start, from both ends of the 37"
                + " nodes but is 35");
  }

  private double[] block(String heading) {
    return reference.block(heading);
  }
}
