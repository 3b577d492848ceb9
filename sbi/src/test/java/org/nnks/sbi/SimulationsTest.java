package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

class SimulationsTest {

  private static final Prior PRIOR =
      Prior.of(Parameter.uniform("share", 0, 1), Parameter.normal("mean", 0, 1));

  /** Fails for shares below .2, overflows above .9, and leaves out a value now and then. */
  private static final Simulator FRAGILE =
      new Simulator() {
        @Override
        public DataShape shape() {
          return new DataShape(3, 2);
        }

        @Override
        public Data simulate(Vector theta, RandomGenerator random) {
          if (theta.get(0) < 0.2) {
            throw new ArithmeticException("no equilibrium");
          }
          double x = theta.get(0) > 0.9 ? Double.POSITIVE_INFINITY : random.nextGaussian();
          double y = random.nextInt(3) == 0 ? Double.NaN : theta.get(1);
          return Data.withMissing(Matrix.of(2, 2, x, y, 1, 2));
        }
      };

  @Test
  void failedDrawsAreRecordedWithTheirShare() {
    Simulations simulations = Simulations.draw(PRIOR, FRAGILE, 2_000, 5);
    assertThat(simulations.size() + simulations.failures()).isEqualTo(2_000);
    assertThat(simulations.failureShare()).isCloseTo(0.3, within(0.04));
    assertThat(simulations.failedTheta()).allMatch(t -> t.get(0) < 0.2 || t.get(0) > 0.9);
  }

  @Test
  void drawsDoNotDependOnHowTheyAreSplit() {
    Seeds seeds = new Seeds(5);
    Simulations whole = Simulations.draw(PRIOR, FRAGILE, 0, 60, seeds);
    Simulations parts =
        Simulations.draw(PRIOR, FRAGILE, 0, 25, seeds)
            .append(Simulations.draw(PRIOR, FRAGILE, 25, 35, seeds));
    assertThat(parts.size()).isEqualTo(whole.size());
    for (int i = 0; i < whole.size(); i++) {
      assertThat(parts.theta(i)).isEqualTo(whole.theta(i));
      assertThat(parts.data(i)).isEqualTo(whole.data(i));
    }
    assertThat(parts.failedTheta()).isEqualTo(whole.failedTheta());
  }

  @Test
  void aFileReadsBackAndDamageIsNoticed(@TempDir Path folder) {
    Path file = folder.resolve("simulations.npz");
    Simulations simulations = Simulations.draw(PRIOR, FRAGILE, 50, 5);
    simulations.write(file);
    Simulations read = Simulations.read(file);
    assertThat(read.names()).isEqualTo(simulations.names());
    assertThat(read.shape()).isEqualTo(simulations.shape());
    assertThat(read.failedTheta()).isEqualTo(simulations.failedTheta());
    for (int i = 0; i < simulations.size(); i++) {
      assertThat(read.theta(i)).isEqualTo(simulations.theta(i));
      assertThat(read.data(i)).isEqualTo(simulations.data(i));
    }
    Map<String, double[]> arrays = new TreeMap<>(NamedArrays.read(file));
    arrays.get("theta")[3] += 1e-9;
    NamedArrays.write(file, arrays);
    assertThatThrownBy(() -> Simulations.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is damaged");
    arrays.remove("theta");
    NamedArrays.write(file, arrays);
    assertThatThrownBy(() -> Simulations.read(file)).hasMessageContaining("no array 'theta'");
  }

  @Test
  void noFailureIsAlsoSaved(@TempDir Path folder) {
    Path file = folder.resolve("simulations.npz");
    Simulations simulations = Simulations.draw(PRIOR, FRAGILE, 50, 5);
    simulations.slice(0, 10).write(file);
    assertThat(Simulations.read(file).failures()).isZero();
  }

  @Test
  void aSliceDoesNotReachBeyondTheEnd() {
    Simulations simulations = Simulations.draw(PRIOR, FRAGILE, 50, 5);
    int size = simulations.size();
    assertThat(simulations.slice(size, size).size()).isZero();
    assertThat(simulations.slice(size - 2, size).theta(1)).isEqualTo(simulations.theta(size - 1));
    assertThatThrownBy(() -> simulations.slice(0, size + 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("simulations 0 to %d of %d".formatted(size + 1, size));
    assertThatThrownBy(() -> simulations.slice(3, 2)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> simulations.slice(-1, 2)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aSimulatorThatAlwaysFailsSaysWhy() {
    Prior hopeless = Prior.of(Parameter.uniform("share", 0, 0.1), Parameter.normal("mean", 0, 1));
    assertThatThrownBy(() -> Simulations.draw(hopeless, FRAGILE, 10, 5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("all 10 simulations failed, the last because: no equilibrium");
  }

  @Test
  void tablesSideBySideArePaddedWithWhatIsNotObserved() {
    Data series = Data.withMissing(Matrix.of(3, 1, 1, Double.NaN, 3));
    Data agents = Data.of(Matrix.of(2, 2, 4, 5, 6, 7));
    Data both = Data.beside(series, agents);
    assertThat(both.observed()).isEqualTo(Matrix.of(3, 3, 1, 1, 1, 0, 1, 1, 1, 0, 0));
    assertThat(both.values().row(0)).isEqualTo(Vector.of(1, 4, 5));
    assertThat(both.values().get(2, 0)).isEqualTo(3);
    assertThat(both.fault(new DataShape(3, 3))).isEmpty();
  }

  @Test
  void rejectionKeepsTheNearest() {
    double[][] theta = new double[200][1];
    java.util.List<Data> data = new java.util.ArrayList<>();
    for (int i = 0; i < theta.length; i++) {
      theta[i][0] = i;
      data.add(Data.vector(2 * i, 7));
    }
    Simulations simulations =
        Simulations.of(java.util.List.of("i"), DataShape.vector(2), Matrix.ofRows(theta), data);
    RejectionAbc.Accepted accepted = RejectionAbc.accept(simulations, Data.vector(100.5, 7), 3);
    assertThat(accepted.draws().column("i")).isEqualTo(Vector.of(50, 51, 49));
    assertThatThrownBy(() -> RejectionAbc.accept(simulations, Data.vector(1, 7), 201))
        .hasMessageContaining("between 1 and all 200 simulations");
    assertThatThrownBy(() -> RejectionAbc.accept(simulations, Data.vector(1), 3))
        .hasMessage("observed data: expected shape (1, 2), or fewer rows, but was (1, 1)");
  }

  @Test
  void itemsAreSimulationsOfTheirOwn() {
    Simulator pairs =
        Simulator.of(
            new DataShape(2, 2),
            (theta, random) ->
                Data.withMissing(
                    Matrix.of(
                        2, 2, theta.get(0), 1, random.nextBoolean() ? 2 : Double.NaN, Double.NaN)));
    Simulations whole = Simulations.draw(Prior.of(Parameter.uniform("a", 0, 1)), pairs, 50, 1);
    Simulations items = whole.items();
    assertThat(items.shape()).isEqualTo(DataShape.vector(2));
    assertThat(items.size()).isBetween(51, 99);
    for (int i = 0; i < items.size(); i++) {
      Data item = items.data(i);
      assertThat(item.observed().get(0, 0)).isEqualTo(1);
      boolean first = item.observed().get(0, 1) == 1;
      assertThat(item.values().get(0, 0)).isEqualTo(first ? items.theta(i).get(0) : 2);
    }
    assertThat(whole.data(0).items()).hasSizeBetween(1, 2);
    assertThat(whole.data(0).items().get(0).values().row(0))
        .isEqualTo(items.data(0).values().row(0));
  }
}
