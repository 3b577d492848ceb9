package org.nnks.bloom.thresholds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.bloom.Adjustment;
import org.nnks.bloom.AggregateStates;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.ExactSolution;
import org.nnks.bloom.FactoredChoice;
import org.nnks.bloom.GridChoices;
import org.nnks.bloom.ReferenceRun;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.NodeWeights;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * How many branches survive when the exact continuation value is projected on the features of the
 * network: what its width was chosen by.
 */
@Tag("paper")
class ProjectionTest {

  private static final Bloom ECONOMY = new Bloom(BloomCalibration.replication());
  private static final ChoiceGrid GRID = new ChoiceGrid(ECONOMY);
  private static final double[] MEANS = ECONOMY.meanCapital().nodes().toArray();
  private static final int SHOCKS = ECONOMY.calibration().idiosyncraticStates();
  private static final int HOURS = ECONOMY.hours().size();
  private static final int CAPITAL = ECONOMY.capital().size();

  @TempDir private static Path folder;

  private static ExactBellman solver;
  private static ExactSolution exact;

  @BeforeAll
  static void solve() {
    solver = new ExactBellman(ECONOMY);
    exact = solver.solve(ReferenceRun.read(ECONOMY, folder).rules());
  }

  @AfterAll
  static void close() {
    solver.close();
  }

  /** Every other node of k and all nodes of n, as the solver samples. */
  private static int[] samples() {
    int[] samples = new int[2 * ((CAPITAL + 1) / NetworkValue.CAPITAL_STRIDE) * HOURS];
    for (int i = 0; i < samples.length / 2; i++) {
      samples[2 * i] = NetworkValue.CAPITAL_STRIDE * (i / HOURS);
      samples[2 * i + 1] = i % HOURS;
    }
    return samples;
  }

  /** What a share, in percent, may differ by from the one in {@link ContinuationNetwork#WIDTH}. */
  private static final double TOLERANCE = .1;

  @ParameterizedTest
  @CsvSource({"512, 99.27", "768, 99.52", "1024, 99.55"})
  void mostBranchesSurvive(int features, double share) {
    int[] samples = samples();
    int block = samples.length / 2;
    int lines = ECONOMY.states().size() / AggregateStates.VOLATILITIES;
    double[] targets = new double[lines * MEANS.length * SHOCKS * block];
    int at = 0;
    for (int line = 0; line < lines; line++) {
      for (double mean : MEANS) {
        double[] values = exact.continuation(line * AggregateStates.VOLATILITIES, mean);
        for (int z = 0; z < SHOCKS; z++) {
          for (int i = 0; i < block; i++) {
            targets[at++] = values[(z * CAPITAL + samples[2 * i]) * HOURS + samples[2 * i + 1]];
          }
        }
      }
    }
    try (ContinuationNetwork network =
        new ContinuationNetwork(
            GRID,
            features,
            lines * MEANS.length * SHOCKS,
            samples,
            Device.cpu(),
            new Seeds(1).stream("projection"))) {
      network.fit(targets);
      assertThat(100 * survived(network.table())).isCloseTo(share, within(TOLERANCE));
    }
  }

  /** The share of all 3,367,000 points whose branch is the same by both continuation values. */
  private static double survived(double[] table) {
    ForecastRules rules = exact.rules();
    FactoredChoice choice = new FactoredChoice(ECONOMY);
    GridChoices before = new GridChoices(ECONOMY);
    GridChoices after = new GridChoices(ECONOMY);
    double[] values = new double[ECONOMY.cells()];
    double[] projected = new double[ECONOMY.cells()];
    long same = 0;
    for (int state = 0; state < ECONOMY.states().size(); state++) {
      double productivity = ECONOMY.states().level(state);
      int head = state / AggregateStates.VOLATILITIES * MEANS.length * SHOCKS;
      for (double mean : MEANS) {
        double price = rules.price(state, mean);
        double nextMean = rules.nextCapital(state, mean);
        NodeWeights between = ECONOMY.betweenMeanCapitals(nextMean);
        between.interpolate(table, head * GRID.size(), projected);
        choice.solve(
            price, 2, productivity, exact.continuation(state, nextMean), values, 0, before);
        choice.solve(price, 2, productivity, projected, values, 0, after);
        for (int cell = 0; cell < ECONOMY.cells(); cell++) {
          same += branch(before, cell) == branch(after, cell) ? 1 : 0;
        }
      }
    }
    return (double) same / (ECONOMY.states().size() * MEANS.length * (long) ECONOMY.cells());
  }

  private static int branch(GridChoices choices, int cell) {
    return Adjustment.index(
        choices.capital(cell) != ECONOMY.undepreciatedNode(cell / HOURS % CAPITAL),
        choices.hours(cell) != ECONOMY.unseparatedNode(cell % HOURS));
  }
}
