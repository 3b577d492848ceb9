package org.nnks.core.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.TfpShock;

class ExogenousShockTest {

  private static final TaxedFirms ONE = TaxedFirms.of(0);

  /** The innovation of a Rouwenhorst chain is that of its process, exactly. */
  @Test
  void oneVariableIsTheShockToProductivity() {
    assertThat(ExogenousShock.innovationSd(ONE.aggregate(), TaxedFirms.A))
        .isCloseTo(.015, within(1e-12));
    for (double size : new double[] {1, -.5}) {
      for (OptionalInt state : List.of(OptionalInt.empty(), OptionalInt.of(1))) {
        ExogenousShock shock = new ExogenousShock(ONE, TaxedFirms.A, size, 10, 5, state);
        TfpShock tfp = new TfpShock(size * .015, 10, 5, state);
        MarkovChain chain = ONE.aggregate();
        assertThat(shock.share()).isCloseTo(tfp.share(chain), within(1e-12));
        for (int drawn = 0; drawn < chain.size(); drawn++) {
          for (double number : new double[] {0, .999}) {
            assertThat(shock.shocked(chain, drawn, number))
                .isEqualTo(tfp.shocked(chain, drawn, number));
          }
        }
      }
    }
  }

  /** Productivity and volatility, independent: states are 2 A + S. */
  @Test
  void otherVariablesStayAsTheyWereDrawn() {
    Exogenous a = Exogenous.aggregate("A", Vector.of(.9, .9, 1.1, 1.1));
    Exogenous s = Exogenous.aggregate("S", Vector.of(0, 1, 0, 1));
    MarkovChain chain = new MarkovChain(a.levels(), quarter());
    DeclaredEconomy economy = economy(chain, a, s, Exogenous.own("z", Vector.of(1, 2)));
    assertThat(ExogenousShock.variables(economy)).containsExactly(a, s);
    ExogenousShock up = new ExogenousShock(economy, a, .5, 2, 0, OptionalInt.empty());
    assertThat(new int[] {0, 1, 2, 3})
        .satisfies(
            drawn -> {
              for (int state : drawn) {
                assertThat(up.shocked(chain, state, 0)).isEqualTo(2 + state % 2);
              }
            });
    // S is zero in some states, so that it moves in levels: .2 of its innovation of .5, of the
    // half of the economies that can move.
    ExogenousShock uncertain = new ExogenousShock(economy, s, .2, 2, 0, OptionalInt.empty());
    assertThat(uncertain.share()).isCloseTo(.2, within(1e-12));
    assertThat(uncertain.shocked(chain, 2, .1)).isEqualTo(3);
    assertThat(uncertain.shocked(chain, 2, .9)).isEqualTo(2);
    assertThat(uncertain.description()).isEqualTo("a shock to S by +0.1000 on average");
    assertThatThrownBy(() -> new ExogenousShock(economy, s, 2, 2, 0, OptionalInt.empty()))
        .hasMessageContaining("too large: from this state its chain can move by 1.00 standard");
  }

  private static Matrix quarter() {
    double[] all = new double[16];
    Arrays.fill(all, .25);
    return Matrix.of(4, 4, all);
  }

  /** An economy that knows its chain and variables and nothing else. */
  private static DeclaredEconomy economy(MarkovChain chain, Exogenous... variables) {
    return (DeclaredEconomy)
        Proxy.newProxyInstance(
            ExogenousShockTest.class.getClassLoader(),
            new Class<?>[] {DeclaredEconomy.class},
            (proxy, method, arguments) ->
                method.getName().equals("aggregate") ? chain : List.of(variables));
  }
}
