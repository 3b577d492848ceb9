package org.nnks.core.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.core.io.InvalidInputException;

/** Chains are held against the processes that they stand for. */
class DiscretisedProcessTest {

  private static DiscretisedProcess tauchen(double persistence, double sd) {
    return DiscretisedProcess.of(Discretisation.TAUCHEN, "z", persistence, sd, 5, 2);
  }

  @Test
  void terrysChainStaysSilent() {
    assertThat(tauchen(.859, .022).warning("do")).isEmpty();
    // 12 % of 1 - rho and 5.5 % of the sd, as package-info says.
    DiscretisationError error =
        DiscretisationError.of(tauchen(.859, .022).chain(), .859, 2).orElseThrow();
    assertThat((error.autocorrelation() - .859) / (1 - .859)).isCloseTo(-.121, within(5e-4));
    assertThat(error.sdRatio()).isCloseTo(1.055, within(5e-4));
  }

  @Test
  void aChainFarFromItsProcessIsWarnedOf() {
    assertThat(tauchen(.99, .00609).warning("take more states"))
        .hasValue(
            "the chain of z has autocorrelation 0.99985 where 0.99 was asked for, and 1.15 times"
                + " the standard deviation: take more states");
    // White noise within .8 sds: by hand, 2 (.2743 .8^2 + .1465 .4^2) = .631^2; only the sd is off.
    assertThat(DiscretisedProcess.of(Discretisation.TAUCHEN, "z", 0, .1, 5, .8).warning("widen it"))
        .hasValueSatisfying(
            warning ->
                assertThat(warning).endsWith("and 0.631 times the standard deviation: widen it"));
  }

  @ParameterizedTest
  @CsvSource({"0.999, 5, 2", "0.9999999, 5, 2", "0.95, 2, 2", "0.5, 5, 40"})
  void aFrozenChainIsRefused(double persistence, int states, double width) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MarkovChain.tauchen(persistence, .01, states, width))
        .withMessageContaining("hardly ever moves at persistence " + persistence);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DiscretisedProcess.of(
                    Discretisation.TAUCHEN, "productivity", persistence, .01, states, width))
        .isInstanceOf(InvalidInputException.class)
        .withMessageStartingWith("productivity: Tauchen's chain of " + states + " states");
  }

  @ParameterizedTest
  @CsvSource({"0.999, 5", "0.859, 5", "-0.9, 3", "0, 7", "0.9999999, 2"})
  void rouwenhorstsChainIsWhatWasAskedFor(double persistence, int states) {
    DiscretisedProcess process =
        DiscretisedProcess.of(Discretisation.ROUWENHORST, "z", persistence, .01, states, 2);
    assertThat(process.warning("do")).isEmpty();
    assertThat(process.chain()).isEqualTo(MarkovChain.rouwenhorst(persistence, .01, states));
    DiscretisationError error =
        DiscretisationError.of(process.chain(), persistence, process.widthInSds()).orElseThrow();
    // The chance to move, (1 - rho) / 2, is 5e-8 at the least and 1e-16 off.
    assertThat(error.reversion() / (1 - persistence)).isCloseTo(1, within(1e-8));
    assertThat(error.sdRatio()).isCloseTo(1, within(1e-8));
  }

  /** The moments of a long history, in place of those of the stationary law. */
  @Test
  void theErrorIsThatOfASimulation() {
    MarkovChain chain = MarkovChain.tauchen(.95, .1, 4, 2.5);
    int periods = 1_000_000;
    int[] states = chain.simulate(1, periods, new SplittableRandom(5));
    double[] x = new double[periods];
    double mean = 0;
    for (int t = 0; t < periods; t++) {
      x[t] = Math.log(chain.level(states[t]));
      mean += x[t] / periods;
    }
    double variance = 0;
    double covariance = 0;
    for (int t = 1; t < periods; t++) {
      variance += (x[t] - mean) * (x[t] - mean) / periods;
      covariance += (x[t] - mean) * (x[t - 1] - mean) / periods;
    }
    DiscretisationError error = DiscretisationError.of(chain, .95, 2.5).orElseThrow();
    // About 10,000 independent draws: 2 % of 1 - rho, and 1 % of the sd.
    assertThat((1 - covariance / variance) / error.reversion()).isCloseTo(1, within(.05));
    assertThat(Math.sqrt(variance) / (.1 / Math.sqrt(1 - .95 * .95)) / error.sdRatio())
        .isCloseTo(1, within(.02));
  }

  @Test
  void anotherInnovationOnTheSameGridIsJudgedByItsOwnProcess() {
    DiscretisedProcess low = tauchen(.859, .022);
    DiscretisedProcess same = low.withInnovation("same", .022);
    assertThat(same.warning("do")).isEmpty();
    assertThat(same.widthInSds()).isEqualTo(2);
    DiscretisedProcess high = low.withInnovation("z in high volatility", .088);
    assertThat(high.chain()).isEqualTo(low.chain().withInnovation(.859, .088));
    assertThat(high.warning("widen it").orElseThrow())
        .startsWith("the chain of z in high volatility has autocorrelation")
        .contains("0.39");
    assertThat(low.withInnovation("z in no volatility", 1e-5).warning("wait"))
        .hasValue("the chain of z in no volatility never moves: wait");
  }
}
