package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.declared.BloomDeclaration;
import org.nnks.bloom.networks.PaperBellman;
import org.nnks.bloom.networks.PaperTraining;
import org.nnks.bloom.thresholds.ThresholdBellman;
import org.nnks.bloom.thresholds.ThresholdSolution;
import org.nnks.bloom.thresholds.Thresholds;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.JumpMarkets;
import org.nnks.core.simulate.JumpMarkets.Share;
import org.nnks.core.simulate.Period;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/** Hours that cost more at the margin, so that p and W = p w clear together. */
class FiniteFrischTest {

  private static final double KAPPA = .5;

  private static final int PERIODS = 30;

  /** Pairs of prices tried in a quarter at rules that are far off; 20 where they are right. */
  private static final int EVALUATIONS = 50;

  /** What the curvature of supply leaves of W, 2, within a bracket 1e-4 wide. */
  private static final double CURVED = 1e-8;

  private static Bloom economy(double inverseFrisch) {
    return new Bloom(SmallEconomy.calibration().withInverseFrisch(inverseFrisch));
  }

  /** A history by firms who are solved at the rules that everything starts from. */
  private static FirmHistory<GridChoices> history(Bloom economy) {
    ForecastRules rules = FrictionlessSteadyState.coldStart(economy);
    return new FirmHistory<>(
        economy,
        rules,
        IndifferenceTest.solved(economy, rules),
        () -> new GridChoices(economy),
        JumpClearing.Rule.MIXED);
  }

  private static int[] states(Bloom economy) {
    int start = economy.start().aggregateState();
    return economy.aggregate().simulate(start, PERIODS + 1, new Seeds(7).stream("aggregate"));
  }

  /** The markets are what equations say, added up firm by firm over what the mixture decides. */
  @Test
  void bothMarketsClearAsAddedUpByPlainLoops() {
    Bloom economy = economy(KAPPA);
    BloomCalibration calibration = economy.calibration();
    double chi = calibration.disutility() / Math.sqrt(calibration.normalHours());
    int[] states = states(economy);
    long evaluations = 0;
    FirmHistory<GridChoices> history = history(economy);
    for (int t = 0; t < PERIODS; t++) {
      Matrix firms = history.distribution();
      Period quarter = history.step(t + 1, states[t]);
      double p = quarter.prices().get(0);
      double hoursPrice = quarter.prices().get(1);
      double goods = 0;
      double hours = 0;
      double weights = 0;
      for (Share<GridChoices> share : history.mixture()) {
        double[] sum =
            PlainTotals.of(economy, firms, share.decisions(), states[t], share.prices().toArray());
        goods += share.weight() * sum[0];
        hours += share.weight() * sum[1];
        weights += share.weight();
        assertThat(share.weight()).isBetween(0.0, 1.0);
        assertThat(share.prices().get(0) / p).isCloseTo(1, within(JumpMarkets.SECOND_RESOLUTION));
        assertThat(share.prices().get(1) / hoursPrice)
            .isCloseTo(1, within(JumpMarkets.SECOND_RESOLUTION));
      }
      assertThat(weights).isCloseTo(1, within(1e-12));
      assertThat(1 / p - goods).isCloseTo(0, within(1e-9));
      assertThat(hoursPrice - chi * Math.sqrt(hours)).isCloseTo(0, within(CURVED));
      assertThat(quarter.aggregates().wage()).isCloseTo(hoursPrice / p, within(1e-12));
      assertThat(quarter.largestResidual()).isLessThan(CURVED);
      evaluations += quarter.evaluations();
      history.advance(states[t + 1]);
    }
    assertThat(evaluations).isLessThan(EVALUATIONS * PERIODS);
  }

  /** As disutility becomes linear the economy becomes the published one. */
  @Test
  void asDisutilityBecomesLinearTheEconomyBecomesThePublishedOne() {
    double[][] published = path(0);
    double nearest = gap(path(1e-6), published);
    double near = gap(path(1e-4), published);
    assertThat(nearest).isLessThan(1e-4);
    assertThat(near).isGreaterThan(nearest);
  }

  private static double[][] path(double inverseFrisch) {
    Bloom economy = economy(inverseFrisch);
    int[] states = states(economy);
    double[][] path = new double[PERIODS][];
    FirmHistory<GridChoices> history = history(economy);
    for (int t = 0; t < PERIODS; t++) {
      Period quarter = history.step(t + 1, states[t]);
      path[t] =
          new double[] {quarter.prices().get(0), quarter.capital(), quarter.aggregates().hours()};
      history.advance(states[t + 1]);
    }
    return path;
  }

  /** The largest difference of a log. */
  private static double gap(double[][] one, double[][] other) {
    double largest = 0;
    for (int t = 0; t < one.length; t++) {
      for (int i = 0; i < one[t].length; i++) {
        largest = Math.max(largest, Math.abs(Math.log(one[t][i] / other[t][i])));
      }
    }
    return largest;
  }

  /** N less the hours at which chi N^kappa is W, and nothing where it is. */
  @Test
  void theDeclarationHasALabourMarket() {
    BloomCalibration calibration = economy(KAPPA).calibration();
    BloomDeclaration declared = new BloomDeclaration(calibration);
    declared.check();
    assertThat(declared.prices()).extracting("name").containsExactly("p", "W");
    double chi = calibration.disutility() / Math.sqrt(calibration.normalHours());
    Term supply = declared.residuals().get(declared.prices().get(1));
    Program residual = new Program(0, Map.of(), List.of(supply));
    residual.set("N", .29);
    residual.set("W", chi * Math.sqrt(.27));
    assertThat(residual.evaluate(0)[0]).isCloseTo(.02, within(1e-12));
  }

  /**
   * Fitted value, thresholds by both prices and the clearing of two markets, against the exact
   * solver at the same rules. Intervals of n are a quarter wide here, which moves N most.
   */
  @Test
  void thresholdsWithBothPricesFollowTheExactHistory() {
    Bloom economy = economy(KAPPA);
    int[] states = states(economy);
    ForecastRules rules = FrictionlessSteadyState.coldStart(economy);
    History exact = history(economy);
    try (ThresholdBellman solver =
        new ThresholdBellman(economy, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(1))) {
      ThresholdSolution thresholds = solver.solve(rules);
      assertThat(thresholds.converged()).isTrue();
      History ours = thresholds.policies().begin();
      double gap = 0;
      double hoursGap = 0;
      for (int t = 0; t < PERIODS; t++) {
        Period theirs = exact.step(t + 1, states[t]);
        Period quarter = ours.step(t + 1, states[t]);
        assertThat(quarter.largestResidual()).isLessThan(CURVED);
        gap += Math.abs(Math.log(quarter.prices().get(0) / theirs.prices().get(0))) / PERIODS;
        hoursGap += Math.abs(Math.log(quarter.prices().get(1) / theirs.prices().get(1))) / PERIODS;
        exact.advance(states[t + 1]);
        ours.advance(states[t + 1]);
      }
      assertThat(gap).isPositive().isLessThan(.01);
      assertThat(hoursGap).isPositive().isLessThan(.01);
    }
  }

  /** Between the W that heads were fitted at, and beyond them, where firms maximise. */
  @Test
  void thresholdsKnowBothPrices() {
    Bloom economy = economy(KAPPA);
    ForecastRules rules = FrictionlessSteadyState.coldStart(economy);
    try (ThresholdBellman solver =
        new ThresholdBellman(economy, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(1))) {
      ThresholdSolution solution = solver.solve(rules);
      DecisionRule<FirmDecisions> thresholds = solution.rule();
      DecisionRule<FirmDecisions> maximiser = solution.maximiser();
      int state = 5;
      double mean = 1.7;
      thresholds.begin(state, mean);
      maximiser.begin(state, mean);
      double[] forecasts = rules.prices(state, rules.nextCapital(state, mean));
      FirmDecisions ours = new FirmDecisions(economy);
      FirmDecisions theirs = new FirmDecisions(economy);
      FirmDecisions atForecast = new FirmDecisions(economy);
      maximiser.decide(1.003 * forecasts[0], forecasts[1], atForecast);
      for (double deviation : new double[] {-.02, .012, .05}) {
        double hoursPrice = forecasts[1] * Math.exp(deviation);
        thresholds.decide(1.003 * forecasts[0], hoursPrice, ours);
        maximiser.decide(1.003 * forecasts[0], hoursPrice, theirs);
        double distance = distance(ours, theirs, economy);
        assertThat(distance).isLessThan(.5 * distance(ours, atForecast, economy));
        if (deviation > Thresholds.HOURS_PRICE_NOISE) {
          assertThat(distance).isZero();
        }
      }
    }
  }

  /** The mean difference of log n. */
  private static double distance(FirmDecisions one, FirmDecisions other, Bloom economy) {
    double sum = 0;
    for (int cell = 0; cell < economy.cells(); cell++) {
      sum += Math.abs(Math.log(one.chosenHours(cell) / other.chosenHours(cell)));
    }
    return sum / economy.cells();
  }

  /** A training of seconds, whose firms drift away from what rules expect after some quarters. */
  @Test
  void networksWithBothPricesClearBothMarketsAndContinueBitForBit() {
    Bloom economy = economy(KAPPA);
    int[] states = states(economy);
    ForecastRules rules = FrictionlessSteadyState.coldStart(economy);
    try (PaperBellman solver = networks(economy);
        PaperBellman other = networks(economy)) {
      History ours = solver.solve(rules).policies().begin();
      other.restore(solver.state());
      History theirs = other.current(rules).policies().begin();
      for (int t = 0; t < 10; t++) {
        Period quarter = ours.step(t + 1, states[t]);
        assertThat(quarter.largestResidual()).isLessThan(CURVED);
        assertThat(theirs.step(t + 1, states[t]).prices()).isEqualTo(quarter.prices());
        ours.advance(states[t + 1]);
        theirs.advance(states[t + 1]);
      }
      solver.solve(rules);
      other.solve(rules);
      Map<String, double[]> state = other.state();
      solver.state().forEach((name, array) -> assertThat(state.get(name)).isEqualTo(array));
      DecisionRule<FirmDecisions> rule = solver.current(rules).rule();
      assertThatHoursFallInTheirPrice(economy, rules, rule);
      assertThatFirmsDecideAsIfNetworksWereAsked(economy, rules, rule);
    }
  }

  private static PaperBellman networks(Bloom economy) {
    PaperTraining training =
        PaperTraining.smallest().withHidden(32, 32).withLength(1_280, 4, 1).withFits(2);
    return new PaperBellman(
        economy, training, JumpClearing.Rule.MIXED, Device.cpu(), DataType.FLOAT32, new Seeds(1));
  }

  private static void assertThatHoursFallInTheirPrice(
      Bloom economy, ForecastRules rules, DecisionRule<FirmDecisions> rule) {
    double[] forecasts = rules.prices(5, 1.7);
    double before = Double.POSITIVE_INFINITY;
    for (double factor : new double[] {.98, 1, 1.02}) {
      FirmDecisions decisions = new FirmDecisions(economy);
      rule.begin(5, 1.7);
      rule.decide(forecasts[0], factor * forecasts[1], decisions);
      double hours = IntStream.range(0, economy.cells()).mapToDouble(decisions::chosenHours).sum();
      assertThat(hours).isLessThan(before);
      before = hours;
    }
  }

  /** In the middle of four pairs at which networks were asked. */
  private static void assertThatFirmsDecideAsIfNetworksWereAsked(
      Bloom economy, ForecastRules rules, DecisionRule<FirmDecisions> rule) {
    double[] forecasts = rules.prices(5, 1.7);
    FirmDecisions asked = new FirmDecisions(economy);
    rule.begin(5, 1.7);
    rule.decide(forecasts[0], forecasts[1], asked);
    FirmDecisions decisions = new FirmDecisions(economy);
    rule.begin(5, 1.7);
    for (double price : new double[] {.998, 1.002}) {
      for (double hoursPrice : new double[] {.998, 1.002}) {
        rule.decide(price * forecasts[0], hoursPrice * forecasts[1], decisions);
      }
    }
    double elsewhere = distance(decisions, asked, economy);
    rule.decide(forecasts[0], forecasts[1], decisions);
    assertThat(distance(decisions, asked, economy)).isPositive().isLessThan(elsewhere / 10);
  }

  @Test
  void aBadElasticityIsToldInOneSentence() {
    for (double bad : new double[] {-.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> BloomCalibration.small().withInverseFrisch(bad))
          .hasMessageContaining("inverseFrisch must be zero or positive, and finite but is " + bad);
    }
    assertThatThrownBy(() -> BloomCalibration.small().withNormalHours(0))
        .hasMessageContaining("normalHours must be positive and finite but is 0.0");
  }

  @Test
  void rulesOfOnePriceAreRefused() {
    Bloom economy = economy(KAPPA);
    ForecastRules one = FrictionlessSteadyState.coldStart(economy(0));
    try (ExactBellman solver = new ExactBellman(economy)) {
      assertThatThrownBy(() -> solver.solve(one))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("2 prices [p, W] but are for 1 and 1");
    }
  }
}
