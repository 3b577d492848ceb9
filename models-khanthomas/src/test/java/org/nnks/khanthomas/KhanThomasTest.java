package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.optim.univariate.UnivariatePointValuePair;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.StrictJson;
import org.nnks.core.markov.Discretisation;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Aggregates;
import org.nnks.core.run.Seeds;
import org.nnks.khanthomas.exact.Decisions;
import org.nnks.khanthomas.exact.Histogram;
import org.nnks.khanthomas.exact.SteadyState;

class KhanThomasTest {

  private static final double ALPHA = .256;
  private static final double NU = .64;
  private static final double DELTA = .069;
  private static final double PHI = 2.4;
  private static final long SEED = 12;

  private final KhanThomas economy = new KhanThomas(KhanThomasCalibration.terry2017());

  /** p (z A k^alpha n^nu - w n), maximised over n by Brent's method. */
  @Test
  void branchesAreSharesInWords() {
    new KhanThomasDeclaration(KhanThomasCalibration.terry2017())
        .branches()
        .forEach(branch -> assertThat(economy.label(branch.name())).startsWith("share of firms"));
  }

  @Test
  void profitIsTheMaximumOverLabour() {
    RandomGenerator random = new Seeds(SEED).stream("labour");
    for (int s = 0; s < 200; s++) {
      double z = random.nextDouble(.9, 1.1);
      double a = random.nextDouble(.9, 1.1);
      double k = random.nextDouble(.1, 8);
      double p = random.nextDouble(1.5, 3);
      UnivariatePointValuePair best = bestLabour(z, a, k, p);
      assertThat(economy.profit(z, k, a, p))
          .as("seed %d, z %s A %s k %s p %s", SEED, z, a, k, p)
          .isCloseTo(best.getValue(), within(1e-12));
    }
  }

  private static UnivariatePointValuePair bestLabour(double z, double a, double k, double p) {
    return new BrentOptimizer(1e-9, 1e-14)
        .optimize(
            new MaxEval(1_000),
            GoalType.MAXIMIZE,
            new UnivariateObjectiveFunction(
                n -> p * (z * a * Math.pow(k, ALPHA) * Math.pow(n, NU) - PHI / p * n)),
            new SearchInterval(1e-6, 20, .3));
  }

  /** Output, hours and investment summed firm by firm, each with its own labour. */
  @Test
  void aggregatesAreSumsOverFirms() {
    RandomGenerator random = new Seeds(SEED).stream("aggregates");
    int nodes = economy.capital().size();
    Decisions decisions = new Decisions(5, nodes);
    for (int z = 0; z < 5; z++) {
      decisions.setTarget(z, random.nextDouble(.5, 4));
    }
    for (int cell = 0; cell < 5 * nodes; cell++) {
      double kept = economy.capital().clamp((1 - DELTA) * economy.capital().get(cell % nodes));
      decisions.set(cell, random.nextDouble(), random.nextDouble(0, .004), kept);
    }
    Histogram firms = Histogram.uniform(economy);
    for (int t = 0; t < 5; t++) {
      firms.advance(decisions, 2);
    }
    double p = 2.2;
    for (int state = 0; state < 5; state++) {
      double output = 0;
      double hours = 0;
      double investment = 0;
      for (int cell = 0; cell < firms.size(); cell++) {
        double k = economy.capital().get(cell % nodes);
        double z = economy.idiosyncratic().level(cell / nodes);
        double a = economy.aggregate().level(state);
        double n = bestLabour(z, a, k, p).getPoint();
        output += firms.mass(cell) * z * a * Math.pow(k, ALPHA) * Math.pow(n, NU);
        hours += firms.mass(cell) * (n + decisions.adjustmentHours(cell));
        investment +=
            firms.mass(cell)
                * decisions.adjusting(cell)
                * (decisions.target(cell / nodes) - (1 - DELTA) * k);
      }
      Aggregates aggregates = economy.market(state, firms).at(p, decisions);
      // Brent finds n to 1e-8; output moves by about as much.
      assertThat(aggregates.output()).isCloseTo(output, within(1e-7));
      assertThat(aggregates.hours()).isCloseTo(hours, within(1e-7));
      assertThat(aggregates.investment()).isCloseTo(investment, within(1e-12));
      assertThat(aggregates.consumption()).isCloseTo(output - investment, within(1e-7));
      assertThat(aggregates.wage()).isCloseTo(PHI / p, within(1e-15));
      assertThat(aggregates.nextCapital())
          .isCloseTo((1 - DELTA) * firms.meanCapital() + investment, within(1e-12));
    }
  }

  /**
   * Without costs every firm holds the k' of the frictionless condition beta E[f_k(z',k')] = 1 -
   * beta (1 - delta), which the labour choice makes a power of E[z'^e].
   */
  @Test
  void withoutCostsTargetsAreThoseOfTheFrictionlessCondition() {
    KhanThomasCalibration calibration =
        StrictJson.with(KhanThomasCalibration.terry2017(), "maxFixedCost", "1e-10");
    KhanThomas frictionless = new KhanThomas(calibration);
    int state = 2;
    SteadyState still = SteadyState.of(frictionless, state);
    double e = 1 / (1 - NU);
    double wageTerm = Math.pow(NU * still.price() / PHI, NU * e);
    double mean = 0;
    for (int z = 0; z < 5; z++) {
      double expected = 0;
      for (int next = 0; next < 5; next++) {
        expected +=
            frictionless.idiosyncratic().probability(z, next)
                * Math.pow(frictionless.idiosyncratic().level(next), e);
      }
      double slope = (1 - NU) * wageTerm * expected * ALPHA * e;
      double target = Math.pow(slope / (1 / .977 - 1 + DELTA), 1 / (1 - ALPHA * e));
      mean += frictionless.idiosyncratic().stationary().get(z) * target;
    }
    // Splines through 100 knots leave .05 %; V is linear in p (1 - delta) k plus profit there.
    assertThat(still.capital()).isCloseTo(mean, within(5e-4 * mean));
    assertThat(still.aggregates().investment())
        .isCloseTo(DELTA * mean, within(1e-3 * mean * DELTA));
  }

  @Test
  void theChainsAreThoseOfTerry() {
    // Reference: facts of Terry's code, whose normal distribution is good to 1.2e-7.
    assertThat(economy.aggregate().level(0)).isCloseTo(.94677849547, within(1e-8));
    assertThat(economy.idiosyncratic().level(4)).isCloseTo(1.08974269125, within(1e-8));
    assertThat(economy.aggregate().probability(0, 0)).isCloseTo(.664873829508, within(3e-7));
    assertThat(economy.idiosyncratic().probability(1, 3)).isCloseTo(.003970162850, within(3e-7));
  }

  @Test
  void chainsAreTauchensUnlessRouwenhorstsAreChosen() {
    KhanThomasCalibration terry = KhanThomasCalibration.terry2017();
    KhanThomas named = new KhanThomas(terry.withDiscretisation(Discretisation.TAUCHEN));
    assertThat(named.aggregate()).isEqualTo(economy.aggregate());
    assertThat(named.idiosyncratic()).isEqualTo(economy.idiosyncratic());
    assertThat(economy.warnings()).isEmpty();
    KhanThomas exact =
        new KhanThomas(
            terry
                .withIdiosyncraticPersistence(.999)
                .withIdiosyncraticStates(7)
                .withDiscretisation(Discretisation.ROUWENHORST));
    assertThat(exact.aggregate()).isEqualTo(MarkovChain.rouwenhorst(.859, .014, 5));
    assertThat(exact.idiosyncratic()).isEqualTo(MarkovChain.rouwenhorst(.999, .022, 7));
    assertThat(exact.idiosyncratic(3)).isEqualTo(exact.idiosyncratic());
    assertThat(exact.warnings()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                KhanThomasCalibration.terry2017Volatility()
                    .withDiscretisation(Discretisation.ROUWENHORST))
        .withMessageContaining(
            "discretisation must be TAUCHEN where volatilityElasticity is not 0");
  }

  @Test
  void chainsFarFromTheirProcessesAreWarnedOf() {
    KhanThomasCalibration terry = KhanThomasCalibration.terry2017();
    assertThat(
            new KhanThomas(terry.withAggregatePersistence(.98).withIdiosyncraticStates(2))
                .warnings())
        .hasSize(2)
        .satisfies(
            warnings -> {
              assertThat(warnings.get(0)).startsWith("the chain of aggregate productivity has");
              assertThat(warnings.get(1)).startsWith("the chain of idiosyncratic productivity has");
            });
    // The middle state has the volatility of the baseline, for which the grid is made.
    assertThat(new KhanThomas(KhanThomasCalibration.terry2017Volatility()).warnings())
        .hasSize(4)
        .noneMatch(warning -> warning.contains("aggregate state 3"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KhanThomas(terry.withIdiosyncraticPersistence(.999)))
        .withMessageStartingWith("idiosyncratic productivity: Tauchen's chain of 5 states");
  }

  @Test
  void calibrationsOutsideTheirDomainsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrictJson.with(KhanThomasCalibration.terry2017(), "capitalShare", "0.4"))
        .withMessageContaining("labourShare must be above 0 and below 1 - capitalShare");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrictJson.with(KhanThomasCalibration.terry2017(), "priceMax", "0.9"))
        .withMessageContaining("priceMax must be above priceMin but is 0.9");
  }
}
