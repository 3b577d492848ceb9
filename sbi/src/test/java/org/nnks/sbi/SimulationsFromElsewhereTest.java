package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.diagnostics.Recovery;
import org.nnks.sbi.flow.SummarySpec;

/** Tables made by other programs: on grids, with bounds, constants, holes. */
class SimulationsFromElsewhereTest {

  private static final Device CPU = Device.cpu();
  private static final double NOISE = 0.2;
  private static final Prior UNIFORM = Prior.of(Parameter.uniform("theta", 0, 1));
  private static final EstimatorConfig SMALL =
      EstimatorConfig.standard().withWeightDecays(0.3).withEpochs(12);

  /** theta ~ U[0, 1] but for the first ones; data made of it with noise. */
  private static Simulations table(int count, double[] first, DoubleFunction<double[]> data) {
    RandomGenerator random = new Seeds(4).stream("theta");
    double[] theta = new double[count];
    List<Data> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double drawn = random.nextDouble();
      theta[i] = i < first.length ? first[i] : drawn;
      rows.add(Data.vector(data.apply(theta[i] + NOISE * random.nextGaussian())));
    }
    return Simulations.of(
        List.of("theta"),
        DataShape.vector(rows.get(0).values().columns()),
        Matrix.of(count, 1, theta),
        rows);
  }

  private static Recovery recovery(NeuralPosterior estimator, Simulations truth) {
    List<Draws> draws = estimator.sample(truth, 200, new Seeds(3).stream("draws"));
    return Recovery.of(UNIFORM, draws, truth).get(0);
  }

  /** Grids hold their ends, and single precision rounds to them: u would be 37 there. */
  @Test
  void parametersOnTheBoundsOfThePriorDoNotDisturbTheOthers() {
    Simulations all = table(1_700, new double[] {0, 1}, x -> new double[] {x});
    Simulations held = all.slice(1_500, 1_700);
    try (NeuralPosterior without =
            NeuralPosterior.train(UNIFORM, all.slice(2, 1_500), SMALL, CPU, 1);
        NeuralPosterior with = NeuralPosterior.train(UNIFORM, all.slice(0, 1_500), SMALL, CPU, 1)) {
      Recovery expected = recovery(without, held);
      Recovery found = recovery(with, held);
      assertThat(expected.contraction()).isGreaterThan(0.6);
      assertThat(found.contraction()).isCloseTo(expected.contraction(), within(0.02));
      assertThat(found.sdZ()).isCloseTo(expected.sdZ(), within(0.05));
      Posterior posterior = with.given(Data.vector(0.1));
      assertThat(posterior.logDensity(Vector.of(0))).isFinite();
      assertThat(posterior.logDensity(Vector.of(1))).isFinite();
    }
  }

  /** A sum of ten tenths, in two orders: .1 + ... rounds, and has a variance of 1e-32. */
  private static double oneOrSo(double x) {
    return x > 0.5 ? 1 : 1 - 0x1p-53;
  }

  @Test
  void aColumnThatVariesByRoundingIsNamedAndLeftOut() {
    Simulations all = table(1_000, new double[0], x -> new double[] {oneOrSo(x), x, 0});
    assertThat(all.constants(SummarySpec.direct()).toString())
        .contains("column 0 is", "column 2 is 0.0");
    Constant first = all.constants(SummarySpec.direct()).get(0);
    assertThat(first.contradictedBy(Data.vector(1, 0.5, 0))).isFalse();
    assertThat(first.contradictedBy(Data.vector(1.001, 0.5, 0))).isTrue();
    Simulations alone = table(1_000, new double[0], x -> new double[] {x});
    try (NeuralPosterior with = NeuralPosterior.train(UNIFORM, all, SMALL, CPU, 1);
        NeuralPosterior without = NeuralPosterior.train(UNIFORM, alone, SMALL, CPU, 1)) {
      Draws.Row expected = row(without, Data.vector(0.4));
      for (double observed : new double[] {1, 1 - 0x1p-53, 1.001}) {
        Draws.Row found = row(with, Data.vector(observed, 0.4, 0));
        assertThat(found.mean()).isCloseTo(expected.mean(), within(0.2 * expected.sd()));
        assertThat(found.sd()).isCloseTo(expected.sd(), within(0.15 * expected.sd()));
      }
    }
    assertThatThrownBy(() -> NeuralLikelihood.train(UNIFORM, all, SMALL, CPU, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "a likelihood needs data that vary, but in all simulations column 0 is")
        .hasMessageContaining("column 2 is 0.0");
  }

  private static Draws.Row row(NeuralPosterior estimator, Data data) {
    return estimator.given(data).sample(4_000, new Seeds(2).stream("draws")).table().get(0);
  }

  /** In a set, rows are alike: a column is constant; a direct summary sees cells. */
  @Test
  void constantsAreThoseThatTheSummarySees() {
    List<Data> data = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      data.add(Data.withMissing(Matrix.of(3, 2, 7, 1, 7, 2, i == 0 ? 7 : Double.NaN, i)));
    }
    Simulations simulations =
        Simulations.of(
            List.of("theta"), new DataShape(4, 2), Matrix.of(5, 1, .1, .2, .3, .4, .5), data);
    assertThat(simulations.constants(SummarySpec.deepSet()).toString())
        .isEqualTo("[column 0 is 7.0]");
    assertThat(simulations.constants(SummarySpec.direct()).toString())
        .isEqualTo(
            "[row 0, column 0 is 7.0, row 0, column 1 is 1.0, row 1, column 0 is 7.0,"
                + " row 1, column 1 is 2.0, row 2, column 0 is 7.0]");
    Constant column = simulations.constants(SummarySpec.deepSet()).get(0);
    assertThat(column.contradictedBy(Data.withMissing(Matrix.of(2, 2, 7, 1, Double.NaN, 2))))
        .isFalse();
    assertThat(column.contradictedBy(Data.of(Matrix.of(2, 2, 7, 1, 8, 2)))).isTrue();
  }

  @Test
  void rowsThatAreNotFiniteAreNamedWhereTheyStand(@TempDir Path folder) {
    Path file = folder.resolve("simulations.npz");
    Simulations sound = table(50, new double[0], x -> new double[] {x, 2 * x});
    refused(
        file,
        sound,
        "data",
        2 * 17 + 1,
        Double.NaN,
        "simulation 17: its data in row 0, column 1 are NaN");
    refused(
        file,
        sound,
        "theta",
        3,
        Double.POSITIVE_INFINITY,
        "simulation 3: parameter 'theta' is Inf");
    refused(file, sound, "observed", 9, 0.5, "simulation 4: its mask in row 0, column 1 is 0.5");
    assertThatThrownBy(
            () ->
                Simulations.of(
                    List.of("theta"),
                    DataShape.vector(1),
                    Matrix.of(2, 1, 0.5, Double.NaN),
                    List.of(Data.vector(1), Data.vector(2))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("simulations: 1 of 2 simulations, counted from 0, cannot be used")
        .hasMessageContaining("simulation 1: parameter 'theta' is NaN");
  }

  /** A file whose checksum is right: {@code SimulationsTest} has one with a wrong one. */
  private static void refused(
      Path file, Simulations sound, String array, int index, double value, String sentence) {
    sound.write(file);
    Map<String, double[]> arrays = new LinkedHashMap<>(NamedArrays.read(file));
    arrays.get(array)[index] = value;
    arrays.put("sha256", checksum(arrays));
    NamedArrays.write(file, arrays);
    assertThatThrownBy(() -> Simulations.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": 1 of 50 simulations, counted from 0, cannot be used: ")
        .hasMessageContaining(sentence);
  }

  /** As another program has to compute it: SHA-256 over the arrays in the order of the format. */
  private static double[] checksum(Map<String, double[]> arrays) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name :
          List.of(
              "format",
              "parameter_names",
              "data_shape",
              "theta",
              "data",
              "observed",
              "failed_theta")) {
        ByteBuffer bytes = ByteBuffer.allocate(arrays.get(name).length * Double.BYTES);
        bytes.asDoubleBuffer().put(arrays.get(name));
        digest.update(bytes);
      }
      byte[] hash = digest.digest();
      double[] numbers = new double[hash.length];
      Arrays.setAll(numbers, i -> hash[i]);
      return numbers;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is missing may hold anything: NaN under the mask reaches no network. */
  @Test
  void whatStandsUnderTheMaskDoesNotMatter(@TempDir Path folder) {
    Path file = folder.resolve("simulations.npz");
    table(50, new double[0], x -> new double[] {x, 2 * x}).write(file);
    Map<String, double[]> arrays = new LinkedHashMap<>(NamedArrays.read(file));
    arrays.get("data")[5] = Double.NaN;
    arrays.get("observed")[5] = 0;
    arrays.put("sha256", checksum(arrays));
    NamedArrays.write(file, arrays);
    assertThat(Simulations.read(file).data(2).values().get(0, 1)).isZero();
  }

  @Test
  void simulationsKeepTheirNumbersWhereverTheyStand() {
    Simulations sorted = table(200, new double[0], x -> new double[] {x});
    Simulations permuted = sorted.permuted(new Seeds(5).stream("order"));
    Simulations part = permuted.slice(150, 200);
    boolean[] seen = new boolean[200];
    for (int i = 0; i < part.size(); i++) {
      int number = (int) part.number(i);
      assertThat(part.theta(i)).isEqualTo(sorted.theta(number));
      assertThat(part.data(i)).isEqualTo(sorted.data(number));
      assertThat(seen[number]).isFalse();
      seen[number] = true;
    }
    assertThat(permuted.number(0)).isNotEqualTo(permuted.number(1) - 1);
    assertThat(sorted.permuted(new Seeds(5).stream("order")).number(7))
        .isEqualTo(permuted.number(7));
    Simulations outside = table(200, new double[] {0.5, 0.5, 1.5}, x -> new double[] {x});
    assertThatThrownBy(
            () ->
                NeuralPosterior.train(
                    UNIFORM, outside.permuted(new Seeds(5).stream("order")), SMALL, CPU, 1))
        .hasMessageStartingWith("simulation 2: theta [theta]");
  }

  @Test
  void parametersThatAreNoDrawsFromThePriorAreNoticed() {
    Prior normal = Prior.of(Parameter.normal("theta", 0, 0.01));
    Simulations uniform = table(300, new double[0], x -> new double[] {x});
    assertThatThrownBy(() -> NeuralPosterior.train(normal, uniform, SMALL, CPU, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("more than 10.0 standard deviations from the middle of its prior");
    double[] same = new double[300];
    Arrays.fill(same, 0.3);
    assertThatThrownBy(
            () ->
                NeuralPosterior.train(
                    UNIFORM, table(300, same, x -> new double[] {x}), SMALL, CPU, 1))
        .hasMessage("parameter 'theta' is 0.3 in all simulations, so nothing can be learned of it");
    double[] grid = new double[300];
    Arrays.setAll(grid, i -> i / 299.0);
    Simulations even = table(300, grid, x -> new double[] {x});
    assertThat(PriorFit.of(UNIFORM, even).get(0).rejected()).isFalse();
    assertThat(PriorFit.of(UNIFORM, uniform).get(0).rejected()).isFalse();
    Prior skewed = Prior.of(Parameter.truncatedNormal("theta", 0, 0.4, 0, 1));
    assertThat(PriorFit.of(skewed, uniform).get(0).rejected()).isTrue();
    assertThat(PriorFit.of(skewed, uniform).get(0).distance()).isBetween(0.2, 0.4);
  }
}
