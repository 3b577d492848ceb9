package org.nnks.sbi;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * Draws of parameters, such as from a posterior.
 *
 * @param names of the parameters
 * @param values shape (draws, parameters)
 */
public record Draws(List<String> names, Matrix values) {

  /**
   * One row of a posterior table.
   *
   * @param name of the parameter
   * @param mean of the draws
   * @param sd standard deviation of the draws (denominator n - 1)
   * @param lower5 the 5 % quantile
   * @param median the 50 % quantile
   * @param upper95 the 95 % quantile
   */
  public record Row(
      String name, double mean, double sd, double lower5, double median, double upper95) {}

  /**
   * A credible interval.
   *
   * @param lower its lower end
   * @param upper its upper end
   */
  public record Interval(double lower, double upper) {

    /** Whether a value lies in it. */
    public boolean contains(double value) {
      return value >= lower && value <= upper;
    }
  }

  /** Checks the shape. */
  public Draws {
    names = List.copyOf(names);
    if (values.columns() != names.size() || values.rows() < 1) {
      throw new IllegalArgumentException(
          "draws: expected shape (n, %d) but was (%d, %d)"
              .formatted(names.size(), values.rows(), values.columns()));
    }
  }

  /** The number of draws. */
  public int size() {
    return values.rows();
  }

  /** The draws of one parameter. */
  public Vector column(int parameter) {
    double[] column = new double[size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = values.get(i, parameter);
    }
    return Vector.ofUnsafe(column);
  }

  /**
   * The draws of one parameter.
   *
   * @throws InvalidInputException if there is none of that name
   */
  public Vector column(String name) {
    return column(
        Spelling.find("there are no draws of '%s'".formatted(name), "parameter", name, names));
  }

  /** Mean, sd and quantiles of each parameter. */
  public List<Row> table() {
    return java.util.stream.IntStream.range(0, names.size()).mapToObj(this::row).toList();
  }

  private Row row(int parameter) {
    double[] sorted = column(parameter).toArray();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElseThrow();
    double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
    return new Row(
        names.get(parameter),
        mean,
        Math.sqrt(squares / Math.max(sorted.length - 1, 1)),
        quantile(sorted, 0.05),
        quantile(sorted, 0.5),
        quantile(sorted, 0.95));
  }

  /** The central interval of a parameter that holds a share of the draws. */
  public Interval credibleInterval(String name, double level) {
    double[] sorted = column(name).toArray();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2));
  }

  /** The shortest interval of a parameter that holds a share of the draws. */
  public Interval shortestInterval(String name, double level) {
    double[] sorted = column(name).toArray();
    Arrays.sort(sorted);
    int span = Math.min((int) Math.ceil(level * sorted.length), sorted.length) - 1;
    int best = 0;
    for (int i = 1; i + span < sorted.length; i++) {
      if (sorted[i + span] - sorted[i] < sorted[best + span] - sorted[best]) {
        best = i;
      }
    }
    return new Interval(sorted[best], sorted[best + span]);
  }

  /** The quantile by linear interpolation between order statistics, as NumPy's default. */
  private static double quantile(double[] sorted, double probability) {
    double position = probability * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** Writes an {@code .npz} file with one array per parameter, atomically. */
  public void write(Path file) {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      arrays.put(names.get(i), column(i).toArray());
    }
    NamedArrays.write(file, arrays);
  }
}
