package org.nnks.sbi;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.sbi.flow.SummarySpec;

/**
 * Rejection by distance: the classical baseline that Liu (2024), section 4.2, describes. Of draws
 * from the prior, those whose data lie closest to the observed data are kept.
 *
 * <p>The distance is Euclidean over the cells observed on both sides, each divided by its standard
 * deviation over the simulations, and averaged over these cells so that missing values neither help
 * nor hurt: Pritchard et al. (1999), Molecular Biology and Evolution 16(12).
 */
public final class RejectionAbc {

  private RejectionAbc() {}

  /**
   * What was accepted.
   *
   * @param draws the accepted parameters, nearest first
   * @param tolerance the largest accepted distance: the root mean square of standardised
   *     differences
   */
  public record Accepted(Draws draws, double tolerance) {}

  /**
   * The parameters of the simulations nearest to observed data.
   *
   * @param keep how many
   * @throws InvalidInputException if the data do not fit, or there are fewer simulations than kept
   */
  public static Accepted accept(Simulations simulations, Data data, int keep) {
    DataShape shape = simulations.shape();
    String fault = data.fault(shape);
    if (!fault.isEmpty()) {
      throw new InvalidInputException("observed data: " + fault);
    }
    if (keep < 1 || keep > simulations.size()) {
      throw new InvalidInputException(
          "rejection keeps between 1 and all %d simulations but was asked for %d"
              .formatted(simulations.size(), keep));
    }
    Scaling scaling = Scaling.of(simulations, SummarySpec.direct());
    double[] values = new double[shape.size()];
    double[] observed = new double[shape.size()];
    data.write(shape, values, observed, 0);
    double[] target = scaling.apply(values, observed);
    double[] allObserved = simulations.observedUnsafe();
    double[] all = scaling.apply(simulations.valuesUnsafe(), allObserved);
    double[] distance = new double[simulations.size()];
    for (int i = 0; i < distance.length; i++) {
      double sum = 0;
      double cells = 0;
      for (int j = 0; j < target.length; j++) {
        double both = observed[j] * allObserved[i * target.length + j];
        double difference = target[j] - all[i * target.length + j];
        sum += both * difference * difference;
        cells += both;
      }
      distance[i] = cells == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(sum / cells);
    }
    int[] nearest =
        IntStream.range(0, distance.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> distance[i]))
            .mapToInt(Integer::intValue)
            .limit(keep)
            .toArray();
    double[][] theta =
        Arrays.stream(nearest)
            .mapToObj(i -> simulations.theta(i).toArray())
            .toArray(double[][]::new);
    return new Accepted(
        new Draws(simulations.names(), Matrix.ofRows(theta)), distance[nearest[keep - 1]]);
  }
}
