package org.nnks.bloom.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.FirmHistogram;
import org.nnks.bloom.FirmTotals;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.run.Seeds;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/** The declared equations against those of the exact solver, at random firms. */
class BloomDeclarationTest {

  private static final int DRAWS = 200;
  private static final double ROUNDING = 1e-12;

  private static final BloomCalibration CALIBRATION =
      BloomCalibration.small().withCapitalFixedCost(.01);
  private static final Bloom EXACT = new Bloom(CALIBRATION);
  private static final BloomDeclaration DECLARED = new BloomDeclaration(CALIBRATION);

  private final RandomGenerator random = new Seeds(3).stream("firms");

  /** A firm that does what a branch says, with random controls on the side that it allows. */
  private Map<String, Double> firm(org.nnks.core.economy.Branch branch) {
    Map<String, Double> symbols = new HashMap<>();
    symbols.put("a", EXACT.states().level(random.nextInt(EXACT.states().size())));
    symbols.put("z", DECLARED.own().level(random.nextInt(DECLARED.own().size())));
    symbols.put("k", 1 + 4 * random.nextDouble());
    symbols.put("n", .1 + .5 * random.nextDouble());
    symbols.put("p", 1 + random.nextDouble());
    symbols.put("W", 1.5 + random.nextDouble());
    for (Control.Range range : branch.ranges()) {
      double left = evaluate(range.lower().or(range::upper).orElseThrow(), symbols);
      double factor = .5 + random.nextDouble() / 2;
      double level = range.lower().isPresent() ? left / factor : left * factor;
      symbols.put(range.control().name(), level);
    }
    return symbols;
  }

  private static double evaluate(Term term, Map<String, Double> symbols) {
    Program program = new Program(0, Map.of(), List.of(term));
    symbols.forEach(program::set);
    return program.evaluate(0)[0];
  }

  /** With W = theta, and with a W that clears the labour market. */
  @ParameterizedTest
  @ValueSource(doubles = {0, .5})
  void firmsEarnProduceAndMoveAsTheExactEquationsSay(double inverseFrisch) {
    BloomDeclaration declared = new BloomDeclaration(CALIBRATION.withInverseFrisch(inverseFrisch));
    for (org.nnks.core.economy.Branch branch : declared.branches()) {
      for (int draw = 0; draw < DRAWS; draw++) {
        Map<String, Double> firm = firm(branch);
        double k = firm.get("k");
        double kept = (1 - CALIBRATION.depreciation()) * k;
        double stayed = (1 - CALIBRATION.separations()) * firm.get("n");
        double next = firm.getOrDefault("k'", kept);
        double n = firm.getOrDefault("n'", stayed);
        double p = firm.get("p");
        double y = EXACT.output(firm.get("a"), firm.get("z"), k, n);
        double wage = (inverseFrisch == 0 ? CALIBRATION.disutility() : firm.get("W")) / p;
        double costs = EXACT.capitalCost(next - kept, y) + EXACT.hoursCost(n - stayed, y, wage);
        double payoff = p * (y - wage * n - (next - kept) - costs);
        assertThat(evaluate(declared.payoff(branch), firm)).isCloseTo(payoff, within(ROUNDING));

        Map<Total, Term> totals = declared.contributions(branch);
        for (Map.Entry<String, Double> total :
            Map.of("Y", y, "I", next - kept, "AC", costs, "N", n).entrySet()) {
          assertThat(evaluate(totals.get(new Total(total.getKey())), firm))
              .as("%s of %s", total.getKey(), branch.name())
              .isCloseTo(total.getValue(), within(ROUNDING));
        }
        List<Double> moved = new ArrayList<>();
        for (State state : declared.states()) {
          moved.add(evaluate(declared.next(branch).get(state), firm));
        }
        assertThat(moved).containsExactly(next, n);
      }
    }
  }

  /** 1/p - C, with C as the exact solver's totals count it. */
  @Test
  void theGoodsMarketIsTheSame() {
    FirmTotals totals = new FirmTotals(1.7, .25, .02, .03, .3, 3, .1, .1);
    Map<String, Double> symbols = Map.of("Y", 1.7, "I", .25, "AC", .05, "N", .3, "p", .8);
    Term residual = DECLARED.residuals().get(DECLARED.prices().get(0));
    assertThat(evaluate(residual, symbols)).isCloseTo(totals.excessDemand(.8), within(ROUNDING));
    Map<String, Term> series = DECLARED.aggregates();
    assertThat(evaluate(series.get("C"), symbols))
        .isCloseTo(totals.consumption(), within(ROUNDING));
    assertThat(evaluate(series.get("w"), symbols)).isCloseTo(EXACT.wage(.8), within(ROUNDING));
  }

  /** Histories start with the same firms, and their shocks follow the volatility that ends. */
  @Test
  void firmsStartAndAreDrawnAsInTheExactEconomy() {
    FirmHistogram firms = FirmHistogram.start(EXACT);
    assertThat(DECLARED.initial().moments().get(0)).isEqualTo(firms.meanCapital());
    assertThat(DECLARED.start()).isEqualTo(EXACT.start());
    for (int cell = 0; cell < EXACT.cells(); cell++) {
      assertThat(DECLARED.initial().distribution().get(cell)).isEqualTo(firms.mass(cell));
    }
    for (int state = 0; state < EXACT.states().size(); state++) {
      assertThat(DECLARED.own(state, 0))
          .isEqualTo(EXACT.idiosyncratic(EXACT.states().volatility(state)));
    }
  }

  /** Otherwise firms would be worth more with less capital: 1.7 percent of V, at low z. */
  @Test
  void whoeverStaysAtTheLowestNodesPaysForIt() {
    org.nnks.core.economy.Branch keep = DECLARED.branches().get(0);
    double k = EXACT.capital().lower();
    double n = EXACT.hours().lower();
    Map<String, Double> firm = Map.of("a", 1.0, "z", 1.0, "k", k, "n", n, "p", 1.5);
    Map<Total, Term> totals = DECLARED.contributions(keep);
    double bought = CALIBRATION.depreciation() * k;
    double hired = CALIBRATION.separations() * n;
    assertThat(evaluate(totals.get(new Total("I")), firm)).isCloseTo(bought, within(ROUNDING));
    assertThat(evaluate(totals.get(new Total("AC")), firm))
        .isCloseTo(CALIBRATION.hoursLinearCost() * EXACT.wage(1.5) * hired, within(ROUNDING));
    for (State state : DECLARED.states()) {
      assertThat(evaluate(DECLARED.next(keep).get(state), firm)).isEqualTo(state.grid().lower());
    }
  }

  @Test
  void branchesThatDoNothingHaveNoControls() {
    assertThat(DECLARED.branches()).hasSize(9);
    assertThat(DECLARED.branches().get(0).controls()).isEmpty();
    assertThat(DECLARED.next(DECLARED.branches().get(0)).values())
        .noneMatch(term -> term.expression().equals(Expression.symbol("k'")));
  }
}
