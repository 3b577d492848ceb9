package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.run.Seeds;

class UncertaintyShockTest {

  private final AggregateStates states = new Bloom(BloomCalibration.replication()).states();
  private final MarkovChain chain = states.chain();

  @Test
  void onlyVolatilityIsPutToHigh() {
    UncertaintyShock shock = new UncertaintyShock(states, 0, 10, 20);
    for (int state = 0; state < states.size(); state++) {
      int shocked = shock.shocked(chain, state, .5);
      assertThat(states.volatility(shocked)).isEqualTo(AggregateStates.HIGH);
      assertThat(states.productivity(shocked)).isEqualTo(states.productivity(state));
      assertThat(states.laggedVolatility(shocked)).isEqualTo(states.laggedVolatility(state));
    }
  }

  @Test
  void productivityFallsByTheWantedAmountOnAverage() {
    double wanted = -.02;
    UncertaintyShock shock = new UncertaintyShock(states, wanted, 10, 20);
    RandomGenerator random = new Seeds(5).stream("numbers");
    int[] drawn = chain.simulate(0, 200_000, new Seeds(5).stream("states"));
    double mean = 0;
    for (int state : drawn) {
      mean +=
          Math.log(
                  states.level(shock.shocked(chain, state, random.nextDouble()))
                      / states.level(state))
              / drawn.length;
    }
    // The states of the history are autocorrelated: their own mean is known to about .001.
    assertThat(mean).isCloseTo(wanted, within(.002));
  }

  @Test
  void rejectsWhatTheChainCannotDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UncertaintyShock(states, -.2, 10, 20))
        .withMessageContaining("[-0.0428, 0]");
    assertThatIllegalArgumentException().isThrownBy(() -> new UncertaintyShock(states, 0, 1, 20));
    assertThatIllegalArgumentException().isThrownBy(() -> new UncertaintyShock(states, .01, 9, 9));
  }
}
