package org.nnks.sbi.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/** Against moments in closed form. Tolerances are four standard errors by the effective sizes. */
class SliceSamplerTest {

  private static LogDensity each(ToDoubleFunction<double[]> log) {
    return points -> Vector.of(Arrays.stream(points.toRows()).mapToDouble(log).toArray());
  }

  private static Matrix starts(int chains, int d, double scale) {
    RandomGenerator random = new Seeds(7).stream("starts");
    double[] x = new double[chains * d];
    Arrays.setAll(x, i -> scale * random.nextGaussian());
    return Matrix.of(chains, d, x);
  }

  private static void meanIs(
      Chains chains, double expected, double variance, ToDoubleFunction<Vector> of) {
    double mean = 0;
    double size = Double.POSITIVE_INFINITY;
    for (int i = 0; i < chains.values().rows(); i++) {
      mean += of.applyAsDouble(chains.values().row(i)) / chains.values().rows();
    }
    for (int j = 0; j < chains.values().columns(); j++) {
      size = Math.min(size, chains.convergence(j).bulkSize());
    }
    assertThat(mean).isCloseTo(expected, within(4 * Math.sqrt(variance / size)));
  }

  @Test
  void aCorrelatedNormalHasItsMoments() {
    // Standard deviations 1 and 100, correlation .99: started far too wide in one, too narrow in
    // the other coordinate.
    double rho = 0.99;
    LogDensity normal =
        each(
            x -> {
              double b = x[1] / 100;
              return -(x[0] * x[0] - 2 * rho * x[0] * b + b * b) / (2 * (1 - rho * rho));
            });
    Chains chains = SliceSampler.standard().sample(normal, starts(50, 2, 10), new Seeds(1));
    assertThat(chains.rHat()).isLessThan(Convergence.AGREED);
    assertThat(chains.convergence(0).bulkSize()).isGreaterThan(1_000);
    meanIs(chains, 0, 1, x -> x.get(0));
    meanIs(chains, 0, 100 * 100, x -> x.get(1));
    meanIs(chains, 1, 2, x -> x.get(0) * x.get(0));
    meanIs(chains, 1e4, 2e8, x -> x.get(1) * x.get(1));
    meanIs(chains, 100 * rho, 1e4 * (1 + rho * rho), x -> x.get(0) * x.get(1));
  }

  @Test
  void aBananaHasItsMoments() {
    // y = x^2 + e / 2 with x and e standard normal: E y = 1, Var y = 2.25, E x^2 y = 3.
    LogDensity banana =
        each(
            x -> {
              double e = 2 * (x[1] - x[0] * x[0]);
              return -x[0] * x[0] / 2 - e * e / 2;
            });
    Chains chains = SliceSampler.standard().sample(banana, starts(50, 2, 1), new Seeds(2));
    assertThat(chains.rHat()).isLessThan(Convergence.AGREED);
    meanIs(chains, 0, 1, x -> x.get(0));
    meanIs(chains, 1, 2.25, x -> x.get(1));
    meanIs(chains, 3, 60, x -> x.get(0) * x.get(0) * x.get(1));
  }

  @Test
  void modesFarApartAreVisitedByTheirMass() {
    // Eight standard deviations apart, 30 and 70 %: far apart for any local step.
    LogDensity modes =
        each(
            x ->
                -x[1] * x[1] / 2
                    + Math.log(
                        0.3 * Math.exp(-Math.pow(x[0] + 4, 2) / 2)
                            + 0.7 * Math.exp(-Math.pow(x[0] - 4, 2) / 2)));
    Chains chains =
        new SliceSampler(400, 400, 1, SliceSampler.DOUBLINGS)
            .sample(modes, starts(50, 2, 4), new Seeds(3));
    assertThat(chains.rHat()).isLessThan(Convergence.AGREED);
    meanIs(chains, 0.7, 0.21, x -> x.get(0) > 0 ? 1 : 0);
  }

  @Test
  void fourNarrowModesAreVisitedByTheirMass() {
    // At (+-4, +-4), sd .4, in five dimensions: shrinking a slice cuts the other modes off.
    double[] mass = {0.1, 0.2, 0.3, 0.4};
    double variance = 0.16;
    LogDensity modes =
        each(
            x -> {
              double sum = 0;
              for (int mode = 0; mode < 4; mode++) {
                double a = x[0] - (mode % 2 == 0 ? -4 : 4);
                double b = x[1] - (mode < 2 ? -4 : 4);
                sum += mass[mode] * Math.exp(-(a * a + b * b) / (2 * variance));
              }
              double rest = x[2] * x[2] + x[3] * x[3] + x[4] * x[4];
              return Math.log(sum) - rest / (2 * variance);
            });
    Chains chains = SliceSampler.standard().sample(modes, starts(50, 5, 4), new Seeds(5));
    assertThat(chains.rHat()).isLessThan(Convergence.AGREED);
    for (int mode = 0; mode < 4; mode++) {
      double right = mode % 2 == 0 ? -1 : 1;
      double up = mode < 2 ? -1 : 1;
      meanIs(
          chains,
          mass[mode],
          mass[mode] * (1 - mass[mode]),
          x -> x.get(0) * right > 0 && x.get(1) * up > 0 ? 1 : 0);
    }
    meanIs(chains, 0, variance, x -> x.get(4));
  }

  /** A normal one with independent coordinates, its density up to a constant. */
  private record Normal(double mean, double sd, int d) implements Proposal {

    @Override
    public Matrix draw(int count, RandomGenerator random) {
      double[] x = new double[count * d];
      Arrays.setAll(x, i -> mean + sd * random.nextGaussian());
      return Matrix.of(count, d, x);
    }

    @Override
    public Vector at(Matrix points) {
      return each(x -> Arrays.stream(x).map(v -> -Math.pow((v - mean) / sd, 2) / 2).sum() + 7)
          .at(points);
    }
  }

  @Test
  void aProposalInTheWrongPlaceLeavesTheDensityAsItIs() {
    // Of modes at -4 and 4 the proposal prefers the lighter one.
    LogDensity modes =
        each(
            x ->
                -x[1] * x[1] / 2
                    + Math.log(
                        0.3 * Math.exp(-Math.pow(x[0] + 4, 2) / 2)
                            + 0.7 * Math.exp(-Math.pow(x[0] - 4, 2) / 2)));
    Chains chains =
        SliceSampler.standard().sample(modes, new Normal(-2, 4, 2), starts(50, 2, 4), new Seeds(3));
    assertThat(chains.rHat()).isLessThan(Convergence.AGREED);
    meanIs(chains, 0.7, 0.21, x -> x.get(0) > 0 ? 1 : 0);
    meanIs(chains, 17, 66, x -> x.get(0) * x.get(0));
    meanIs(chains, 0, 1, x -> x.get(1));
    meanIs(chains, 1, 2, x -> x.get(1) * x.get(1));
  }

  @Test
  void slicesReachTailsThatAProposalMisses() {
    // It ends at two standard deviations, and its density there is zero.
    Proposal inner =
        new Proposal() {
          private final Normal whole = new Normal(0, 1, 2);

          @Override
          public Matrix draw(int count, RandomGenerator random) {
            double[][] inside = new double[count][];
            for (int i = 0; i < count; i++) {
              do {
                inside[i] = whole.draw(1, random).row(0).toArray();
              } while (Math.abs(inside[i][0]) > 2);
            }
            return Matrix.ofRows(inside);
          }

          @Override
          public Vector at(Matrix points) {
            return each(x ->
                    Math.abs(x[0]) > 2
                        ? Double.NEGATIVE_INFINITY
                        : -(x[0] * x[0] + x[1] * x[1]) / 2)
                .at(points);
          }
        };
    LogDensity normal = each(x -> -(x[0] * x[0] + x[1] * x[1]) / 2);
    Chains chains = SliceSampler.standard().sample(normal, inner, starts(50, 2, 1), new Seeds(6));
    assertThat(chains.rHat()).isLessThan(Convergence.AGREED);
    meanIs(chains, 0.0455, 0.0434, x -> Math.abs(x.get(0)) > 2 ? 1 : 0);
    meanIs(chains, 1, 2, x -> x.get(0) * x.get(0));
  }

  @Test
  void kernelsTakeThePlaceOfAProposalThatIsFarTooWide() {
    // Two modes on a thin ridge in four dimensions: of a proposal some twenty times as wide in two
    // of them, one draw in a few hundred counts.
    LogDensity modes =
        each(
            x -> {
              double across = (x[1] - x[0]) / 0.1;
              double right = Math.exp(-Math.pow(x[2] - 2, 2) / 0.02);
              double left = Math.exp(-Math.pow(x[2] + 2, 2) / 0.02);
              return -(x[0] * x[0] + across * across + x[3] * x[3]) / 2
                  + Math.log(0.75 * right + 0.25 * left);
            });
    Chains chains =
        new SliceSampler(50, 400, 1, 0)
            .sample(modes, new Normal(0, 2, 4), starts(50, 4, 1), new Seeds(9));
    assertThat(chains.rHat()).isLessThan(Convergence.AGREED);
    assertThat(chains.convergence(2).bulkSize()).isGreaterThan(2_000);
    meanIs(chains, 0.75, 0.1875, x -> x.get(2) > 0 ? 1 : 0);
    meanIs(chains, 1.01, 2 * 1.01 * 1.01, x -> x.get(1) * x.get(1));
    meanIs(chains, 1, 2.01, x -> x.get(0) * x.get(1));
    meanIs(chains, 1, 2, x -> x.get(3) * x.get(3));
  }

  @Test
  void aGoodProposalMakesDrawsIndependent() {
    LogDensity normal = each(x -> -(x[0] * x[0] + x[1] * x[1]) / 2);
    Chains chains =
        new SliceSampler(4, 400, 1, 0)
            .sample(normal, new Normal(0.1, 1.1, 2), starts(50, 2, 1), new Seeds(8));
    assertThat(chains.convergence(0).bulkSize()).isGreaterThan(0.9 * chains.values().rows());
    assertThat(chains.convergence(0).rHat()).isLessThan(Convergence.AGREED);
  }

  @Test
  void whatCannotBeSampledIsRefused() {
    LogDensity half = each(x -> x[0] > 0 ? -x[0] : Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> SliceSampler.standard().sample(half, starts(9, 1, 1), new Seeds(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("where the density is zero");
    assertThatThrownBy(() -> SliceSampler.standard().sample(half, starts(3, 1, 1), new Seeds(1)))
        .hasMessageContaining("needs at least 4 chains but got 3");
    assertThatThrownBy(
            () ->
                SliceSampler.standard()
                    .sample(each(x -> Double.NaN), starts(9, 1, 1), new Seeds(1)))
        .hasMessageContaining("is NaN");
    Proposal nowhere =
        new Proposal() {
          @Override
          public Matrix draw(int count, RandomGenerator random) {
            return starts(count, 1, 1);
          }

          @Override
          public Vector at(Matrix points) {
            return each(x -> Double.NaN).at(points);
          }
        };
    LogDensity bell = each(x -> -x[0] * x[0]);
    assertThatThrownBy(
            () -> SliceSampler.standard().sample(bell, nowhere, starts(9, 1, 1), new Seeds(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("log density of the proposal at")
        .hasMessageContaining("is NaN");
    // Chains that cannot leave where they start would agree for ever.
    LogDensity normal = each(x -> -x[0] * x[0] - (x.length > 1 ? x[1] * x[1] : 0));
    double[] line = new double[20];
    Arrays.setAll(line, i -> i / 2);
    for (Matrix flat : new Matrix[] {starts(9, 1, 0), Matrix.of(10, 2, line)}) {
      assertThatThrownBy(() -> SliceSampler.standard().sample(normal, flat, new Seeds(1)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("could not leave");
    }
  }

  @Test
  void aBoundIsRespected() {
    // Exponential: mean and sd 1, and no draw below 0.
    LogDensity half = each(x -> x[0] > 0 ? -x[0] : Double.NEGATIVE_INFINITY);
    Matrix starts = Matrix.of(20, 1, positive(20));
    Chains chains = SliceSampler.standard().sample(half, starts, new Seeds(4));
    meanIs(chains, 1, 1, x -> x.get(0));
    assertThat(Arrays.stream(chains.values().toArray()).min().orElseThrow()).isPositive();
  }

  private static double[] positive(int n) {
    double[] x = new double[n];
    Arrays.setAll(x, i -> 0.1 + 0.1 * i);
    return x;
  }
}
