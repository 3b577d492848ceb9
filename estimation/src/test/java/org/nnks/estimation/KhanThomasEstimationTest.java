package org.nnks.estimation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.parameters.BoxDesign;
import org.nnks.core.parameters.BoxListener;
import org.nnks.core.parameters.BoxSolver;
import org.nnks.core.parameters.ConditionedSolution;
import org.nnks.core.parameters.EconomyFamily;
import org.nnks.core.parameters.HeldOutReport;
import org.nnks.core.parameters.ParameterBox;
import org.nnks.core.parameters.ParameterInterval;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasCalibration;
import org.nnks.khanthomas.exact.GridBellman;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.Calibration;
import org.nnks.sbi.diagnostics.EcdfBand;

/** The fixed cost and the volatility of productivity estimated from surveys of firms. */
@Tag("paper")
class KhanThomasEstimationTest {

  private static final int TRAINING = 10_000;
  private static final int TRUTHS = 100;
  private static final int RANKED = 500;
  private static final int DRAWS = 199;
  private static final String FIXED_COST = "maxFixedCost";
  private static final String VOLATILITY = "idiosyncraticSd";
  private static final Seeds SEEDS = new Seeds(1);

  /** Terry (2017) Table 3. */
  private static final Map<String, Double> TERRY = ObservedSurvey.terry2017().moments();

  private static final ParameterBox BOX =
      new ParameterBox(
          List.of(
              new ParameterInterval(FIXED_COST, .002, .02),
              new ParameterInterval(VOLATILITY, .015, .03)));

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
          return new GridBellman(economy(theta));
        }
      };

  private static int[] shocks;
  private static ConditionedSolution solution;
  private static Prior prior;
  private static SurveyMoments simulator;
  private static Simulations all;

  @BeforeAll
  static void simulate() {
    shocks =
        FAMILY
            .economy(Vector.of(.0083, .022))
            .aggregate()
            .simulate(2, 2_499, SEEDS.stream("aggregate"));
    solution =
        new BoxSolver(SolverConfig.standard())
            .solve(FAMILY, BoxDesign.standard(BOX), shocks, SEEDS);
    prior = SurveyMoments.uniform(solution);
    List<String> names = new ArrayList<>(TERRY.keySet());
    names.addAll(List.of(SurveyMoments.OUTPUT, SurveyMoments.INVESTMENT, SurveyMoments.COMOVEMENT));
    simulator = new SurveyMoments(FAMILY, solution, Survey.cooperHaltiwanger(), names);
    all = Simulations.draw(prior, simulator, TRAINING + RANKED, 1);
    assertThat(all.failures()).isZero();
  }

  private static NeuralPosterior train(Simulations simulations) {
    return NeuralPosterior.train(
        prior, simulations.slice(0, TRAINING), EstimatorConfig.standard(), Device.cpu(), 1);
  }

  @Test
  void aHundredTruthsAreRecovered() {
    try (NeuralPosterior posterior = train(all)) {
      Simulations hundred = all.slice(TRAINING, TRAINING + TRUTHS);
      Calibration coverage =
          Calibration.of(
              posterior.sample(hundred, DRAWS, SEEDS.stream("coverage")),
              hundred,
              SEEDS.stream("ties"));
      Simulations ranked = all.slice(TRAINING, TRAINING + RANKED);
      Calibration ranks =
          Calibration.of(
              posterior.sample(ranked, DRAWS, SEEDS.stream("ranks")), ranked, SEEDS.stream("ties"));
      EcdfBand band = EcdfBand.of(RANKED, DRAWS, .95, SEEDS);
      for (int j = 0; j < prior.size(); j++) {
        assertThat(coverage.coverage(j, .9)).as(prior.names().get(j)).isBetween(.85, .95);
        assertThat(ranks.calibrated(j, band)).as(prior.names().get(j)).isTrue();
      }
    }
  }

  /**
   * Terry's own moments rest on 10 knots in k, which bend V (docs/accuracy.md): inaction is .7693
   * instead of .7624. The estimate sees that as a fixed cost 8 % above his.
   */
  @Test
  void momentsAtTerrysParametersGiveThemBackAndThoseOfHisGridDoNot() {
    SurveyMoments micro =
        new SurveyMoments(
            FAMILY, solution, Survey.cooperHaltiwanger(), List.copyOf(TERRY.keySet()));
    try (NeuralPosterior posterior = train(firstColumns(micro))) {
      Draws exact = posterior.given(micro.data(exactMoments())).sample(5_000, SEEDS.stream("a"));
      assertThat(exact.credibleInterval(FIXED_COST, .9).contains(.0083)).isTrue();
      assertThat(exact.credibleInterval(VOLATILITY, .9).contains(.022)).isTrue();
      Draws coarse = posterior.given(micro.data(TERRY)).sample(5_000, SEEDS.stream("b"));
      assertThat(coarse.credibleInterval(FIXED_COST, .9).lower()).isGreaterThan(.0083);
      assertThat(coarse.credibleInterval(FIXED_COST, .9).upper()).isLessThan(.0095);
      for (Draws draws : List.of(exact, coarse)) {
        Vector mean = Vector.of(draws.table().get(0).mean(), draws.table().get(1).mean());
        HeldOutReport certificate =
            HeldOutReport.at(
                solution,
                FAMILY,
                List.of(mean),
                shocks,
                SolverConfig.standard(),
                SEEDS,
                new BoxListener() {});
        assertThat(certificate.violation()).isEmpty();
      }
    }
  }

  /** What all firms do at Terry's parameters, by a fresh exact solve. */
  private static Map<String, Double> exactMoments() {
    KhanThomas economy = new KhanThomas(KhanThomasCalibration.terry2017());
    try (GridBellman grid = new GridBellman(economy)) {
      Solution exact = new KrusellSmithSolver().solve(economy, grid, shocks, SEEDS);
      Map<String, Double> moments =
          new LinkedHashMap<>(exact.path().meanCrossSection(SolverConfig.BURN_IN));
      moments.keySet().retainAll(TERRY.keySet());
      return moments;
    }
  }

  /** The same simulations with the moments that Terry prints. */
  private static Simulations firstColumns(SurveyMoments micro) {
    List<Data> data = new ArrayList<>();
    double[][] theta = new double[all.size()][];
    for (int i = 0; i < all.size(); i++) {
      theta[i] = all.theta(i).toArray();
      double[] values = all.data(i).values().toArray();
      data.add(Data.vector(Arrays.copyOf(values, micro.moments().size())));
    }
    return Simulations.of(prior.names(), micro.shape(), Matrix.ofRows(theta), data);
  }
}
