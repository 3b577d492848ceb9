package org.nnks.core.parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.solve.Status;

/**
 * A solution that takes calibration parameters theta as inputs: forecast rules and the state of the
 * agents' solver, each coefficient a polynomial in theta.
 *
 * <p>With networks that is
 *
 * <pre>
 *   V(z,k;A,K;theta) = baseline(z,k;A;theta) + sum_f w_f(z,A;theta) phi_f(log k, K)
 * </pre>
 *
 * <p>where the features phi do not depend on theta and the output weights w are a tensor product of
 * Chebyshev polynomials in theta; log k*, and the intercepts and slopes of the rules, likewise. On
 * a grid, w are the values at its nodes.
 *
 * @param design where it was solved
 * @param points how that went, in the order of the design
 * @param common arrays of the solver's state that do not depend on theta, by name
 * @param varying arrays that do: (points, elements)
 */
public record ConditionedSolution(
    BoxDesign design,
    List<DesignPoint> points,
    Map<String, Vector> common,
    Map<String, Matrix> varying) {

  private static final String FILE = "parameters.json";
  private static final String ARRAYS = "parameters.npz";

  /**
   * What stands in the JSON file.
   *
   * @param common names of the arrays that are the same at all points
   */
  private record Content(BoxDesign design, List<DesignPoint> points, List<String> common) {}

  /** Checks the sizes. */
  public ConditionedSolution {
    points = List.copyOf(points);
    common = Collections.unmodifiableMap(new LinkedHashMap<>(common));
    varying = Collections.unmodifiableMap(new LinkedHashMap<>(varying));
    if (points.size() != design.size()) {
      throw new InvalidInputException(
          "the design has %d points but %d were solved".formatted(design.size(), points.size()));
    }
    for (Map.Entry<String, Matrix> array : varying.entrySet()) {
      if (array.getValue().rows() != design.size()) {
        throw new InvalidInputException(
            "%s: expected %d rows, one for each point of the design, but was %d"
                .formatted(array.getKey(), design.size(), array.getValue().rows()));
      }
    }
  }

  /** The parameters and their intervals. */
  public ParameterBox box() {
    return design.box();
  }

  /** {@link Status#CONVERGED} if all points are; else the status of the first that is not. */
  public Status status() {
    return points.stream()
        .map(DesignPoint::status)
        .filter(status -> status != Status.CONVERGED)
        .findFirst()
        .orElse(Status.CONVERGED);
  }

  /** One sentence: why it has this status. */
  public String verdict() {
    List<DesignPoint> failed =
        points.stream().filter(point -> point.status() != Status.CONVERGED).toList();
    if (failed.isEmpty()) {
      return "converged at all %d points of the design".formatted(points.size());
    }
    DesignPoint first = failed.get(0);
    return "not converged at %d of %d points of the design; at %s: %s"
        .formatted(failed.size(), points.size(), box().text(first.theta()), first.verdict());
  }

  /**
   * The forecast rules at theta.
   *
   * @throws InvalidInputException if theta is outside the box
   */
  public ForecastRules rules(Vector theta) {
    double[] weights = design.weights(theta);
    double[] sum = new double[points.get(0).rules().coefficients().length];
    for (int point = 0; point < weights.length; point++) {
      double[] coefficients = points.get(point).rules().coefficients();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weights[point] * coefficients[i];
      }
    }
    return ForecastRules.ofCoefficients(sum);
  }

  /**
   * The state of the agents' solver at theta.
   *
   * @throws InvalidInputException if theta is outside the box
   */
  public Map<String, double[]> state(Vector theta) {
    double[] weights = design.weights(theta);
    Map<String, double[]> state = new HashMap<>();
    common.forEach((name, values) -> state.put(name, values.toArray()));
    varying.forEach((name, values) -> state.put(name, interpolate(weights, values)));
    return state;
  }

  private static double[] interpolate(double[] weights, Matrix values) {
    double[] sum = new double[values.columns()];
    for (int point = 0; point < weights.length; point++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weights[point] * values.get(point, i);
      }
    }
    return sum;
  }

  /**
   * The economy at theta with its solution; the caller closes it.
   *
   * @param family the family that was solved
   * @throws InvalidInputException if theta is outside the box
   */
  public ConditionedPoint at(EconomyFamily family, Vector theta) {
    return ConditionedPoint.open(family, theta, rules(theta), state(theta));
  }

  /**
   * Whether a folder holds a conditioned solution.
   *
   * @param folder of a run
   */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /**
   * Writes {@code parameters.json} and {@code parameters.npz} into a folder that exists.
   *
   * @throws java.io.UncheckedIOException if they cannot be written
   */
  public void write(Path folder) {
    Map<String, double[]> arrays = new HashMap<>();
    common.forEach((name, values) -> arrays.put(name, values.toArray()));
    varying.forEach((name, values) -> arrays.put(name, values.toArray()));
    NamedArrays.write(folder.resolve(ARRAYS), arrays);
    Content content = new Content(design, points, List.copyOf(common.keySet()));
    AtomicFiles.write(folder.resolve(FILE), StrictJson.write(content));
  }

  /**
   * Reads what {@link #write} wrote, bit for bit.
   *
   * @throws InvalidInputException if a file is missing or damaged
   */
  public static ConditionedSolution read(Path folder) {
    Path file = folder.resolve(FILE);
    Content content = StrictJson.read(file, Content.class);
    Map<String, double[]> arrays = new TreeMap<>(NamedArrays.read(folder.resolve(ARRAYS)));
    Map<String, Vector> common = new LinkedHashMap<>();
    Map<String, Matrix> varying = new LinkedHashMap<>();
    int points = content.design().size();
    arrays.forEach(
        (name, values) -> {
          if (content.common().contains(name)) {
            common.put(name, Vector.of(values));
          } else if (values.length % points == 0) {
            varying.put(name, Matrix.of(points, values.length / points, values));
          } else {
            throw new InvalidInputException(
                "%s: '%s' has %d numbers, which %d points cannot share"
                    .formatted(folder.resolve(ARRAYS), name, values.length, points));
          }
        });
    return new ConditionedSolution(content.design(), content.points(), common, varying);
  }
}
