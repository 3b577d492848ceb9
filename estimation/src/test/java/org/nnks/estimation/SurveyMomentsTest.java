package org.nnks.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.parameters.BoxDesign;
import org.nnks.core.parameters.BoxSolver;
import org.nnks.core.parameters.ConditionedPoint;
import org.nnks.core.parameters.ConditionedSolution;
import org.nnks.core.parameters.EconomyFamily;
import org.nnks.core.parameters.ParameterBox;
import org.nnks.core.parameters.ParameterInterval;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.Status;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasCalibration;
import org.nnks.khanthomas.exact.GridBellman;
import org.nnks.sbi.Data;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.Recovery;

/**
 * Surveys of the economy of Khan and Thomas (2008), whose fixed cost is then estimated from them.
 */
class SurveyMomentsTest {

  private static final String INACTION = "inaction";
  private static final Survey SURVEY = new Survey(500, 20);
  private static final Seeds SEEDS = new Seeds(1);
  private static final ParameterBox BOX =
      new ParameterBox(List.of(new ParameterInterval("maxFixedCost", .004, .016)));

  private static final EconomyFamily FAMILY =
      new EconomyFamily() {

        @Override
        public KhanThomas economy(Vector theta) {
          return new KhanThomas(BOX.calibrate(KhanThomasCalibration.terry2017(), theta));
        }

        @Override
        public BellmanSolver open(Vector theta) {
          return openExact(theta);
        }

        @Override
        public BellmanSolver openExact(Vector theta) {
          return new GridBellman(economy(theta), 60, 12);
        }
      };

  private static final MarkovChain CHAIN =
      new KhanThomas(KhanThomasCalibration.terry2017()).aggregate();

  /** The state in which histories begin. */
  private static final int START =
      new KhanThomas(KhanThomasCalibration.terry2017()).start().aggregateState();

  private static ConditionedSolution solution;

  @BeforeAll
  static void solve() {
    int[] shocks = CHAIN.simulate(START, 800, SEEDS.stream("aggregate"));
    solution =
        new BoxSolver(SolverConfig.standard().withBurnIn(100))
            .solve(FAMILY, new BoxDesign(BOX, 3), shocks, SEEDS);
    assertThat(solution.status()).as(solution.verdict()).isEqualTo(Status.CONVERGED);
  }

  private static SurveyMoments simulator(Survey survey, String... moments) {
    return new SurveyMoments(FAMILY, solution, survey, List.of(moments));
  }

  @Test
  void aLargeSurveyFindsTheMomentsOfAllFirms() {
    Vector theta = Vector.of(.008);
    Survey large = new Survey(100_000, 30);
    List<String> names = SurveyMoments.names();
    Data data =
        simulator(large, names.toArray(String[]::new)).simulate(theta, SEEDS.stream("survey"));
    int burnIn = SurveyMoments.BURN_IN;
    int[] states = CHAIN.simulate(START, burnIn + 31, SEEDS.stream("survey"));
    try (ConditionedPoint point = solution.at(FAMILY, theta)) {
      SimulatedPath path = new EconomySimulator().simulate(point.evaluated().policies(), states);
      path.crossSection()
          .forEach(
              (name, series) ->
                  assertThat(data.values().get(0, names.indexOf(name)))
                      .as(name)
                      .isCloseTo(series.slice(burnIn, burnIn + 30).mean(), within(.002)));
    }
    assertThat(data.values().get(0, names.indexOf(SurveyMoments.OUTPUT))).isBetween(1.0, 10.0);
    assertThat(data.values().get(0, names.indexOf(SurveyMoments.INVESTMENT))).isGreaterThan(1);
    assertThat(data.values().get(0, names.indexOf(SurveyMoments.COMOVEMENT))).isBetween(0.0, 1.0);
  }

  @Test
  void aSmallSurveyIsNoisyAndTheSameSeedGivesTheSame() {
    SurveyMoments simulator = simulator(SURVEY, INACTION);
    Vector theta = Vector.of(.008);
    Data first = simulator.simulate(theta, SEEDS.stream("a"));
    assertThat(simulator.simulate(theta, SEEDS.stream("a"))).isEqualTo(first);
    assertThat(simulator.simulate(theta, SEEDS.stream("b"))).isNotEqualTo(first);
  }

  @Test
  void theFixedCostIsRecovered() {
    SurveyMoments simulator = simulator(SURVEY, INACTION, "positive spike", SurveyMoments.OUTPUT);
    Prior prior = SurveyMoments.uniform(solution);
    Simulations all = Simulations.draw(prior, simulator, 350, 1);
    try (NeuralPosterior posterior =
        NeuralPosterior.train(
            prior, all.slice(0, 300), EstimatorConfig.standard().withEpochs(15), Device.cpu(), 1)) {
      Simulations truths = all.slice(300, 350);
      Recovery recovery =
          Recovery.of(prior, posterior.sample(truths, 200, SEEDS.stream("draws")), truths).get(0);
      assertThat(recovery.correlation()).isGreaterThan(.9);
      assertThat(recovery.contraction()).isGreaterThan(.5);
    }
  }

  /**
   * 20,000 firms one by one, 1,000 a year, are as the survey's moments are: means over the years of
   * i/k; errors add their variance to that of log k, and asinh is undone. What stands beside a firm
   * is of its year.
   */
  @Test
  void firmsOneByOneAreThoseOfTheSurvey() {
    FirmInterviews asked = new FirmInterviews(20_000, .01, .05);
    List<String> moments = List.of(SurveyMoments.OUTPUT, "investment rate, mean", INACTION);
    SurveyMoments simulator =
        new SurveyMoments(FAMILY, solution, new Survey(20_000, 20), moments, Optional.of(asked));
    assertThat(simulator.moments())
        .containsExactly("investment rate, mean", INACTION, SurveyMoments.OUTPUT);
    MicroMacroLayout layout = simulator.layout();
    assertThat(layout).isEqualTo(new MicroMacroLayout(2, 3, 3, 20_000, 4, 2));
    Data data = simulator.simulate(Vector.of(.008), SEEDS.stream("firms"));
    assertThat(simulator.summaries().features()).isEqualTo(simulator.moments());
    List<Data> firms = layout.units(data);
    assertThat(firms).hasSize(20_000);
    double rate = 0;
    double near = 0;
    for (Data firm : firms) {
      double seen = .05 * Math.sinh(firm.values().get(0, 1));
      rate += seen / 20_000;
      near += Math.abs(seen) < .1 ? 1. / 20_000 : 0;
    }
    double[] survey = layout.summaries(data).values().toArray();
    // The cross-section of i/k has a standard deviation of a quarter.
    assertThat(rate).isCloseTo(survey[0], within(4 * Math.sqrt(2) * .26 / Math.sqrt(20_000)));
    // Of those that do nothing 95.4 % are seen within two standard deviations of 0, and few others.
    assertThat(near).isCloseTo(.954 * survey[1], within(.03));
    double output = firms.get(0).values().get(0, 2);
    assertThat(firms.get(999).values().get(0, 2)).isEqualTo(output);
    assertThat(firms.get(1_000).values().get(0, 2)).isNotEqualTo(output);
    assertThat(layout.aggregates(data).values().get(0, 0)).isEqualTo(survey[2]);
    Matrix one = Matrix.of(1, 4, 0, .1, 0, 0);
    assertThat(new FirmInterviews(1, .01, .05).data(one)[1])
        .isCloseTo(Math.log(2 + Math.sqrt(5)), within(1e-12));
  }

  @Test
  void firmsOneByOneNeedAggregatesAndErrors() {
    FirmInterviews asked = new FirmInterviews(20, .01, .05);
    refused(
        "observe at least one moment of [sd of log Y,",
        () -> new SurveyMoments(FAMILY, solution, SURVEY, List.of(INACTION), Optional.of(asked)));
    refused("measurement errors above 0 as no data are exact", () -> new FirmInterviews(20, 0, 1));
    refused("expected 20 rows of [log k, i/k, log Y, log I]", () -> asked.data(Matrix.of(0, 4)));
    double[] rows = new double[80];
    rows[5] = Double.NaN;
    refused("i/k is NaN in row 1", () -> asked.data(Matrix.of(20, 4, rows)));
  }

  @Test
  void badMomentsAndSurveysAreRefusedInOneSentence() {
    refused("the nearest valid moment is 'inaction'", () -> simulator(SURVEY, "inactoin"));
    refused("at least one observed moment", () -> simulator(SURVEY));
    refused("at least 1 firm and 5 years", () -> new Survey(100, 2));
    refused(
        "expected [inaction] but got [negative spike]",
        () -> simulator(SURVEY, INACTION).data(Map.of("negative spike", .1)));
    assertThat(simulator(SURVEY, INACTION).data(Map.of(INACTION, .7))).isEqualTo(Data.vector(.7));
  }

  private static void refused(String sentence, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence);
  }
}
