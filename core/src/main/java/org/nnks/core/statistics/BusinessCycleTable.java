package org.nnks.core.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nnks.core.numeric.Vector;

/**
 * Business-cycle statistics of simulated series, as in Table 2 of Terry (2017): each series is
 * logged, Hodrick-Prescott filtered, and compared with a reference series, usually output.
 *
 * <p>A series that is not positive throughout has no logarithm, as aggregate investment need not
 * where capital may be consumed; and one that does not move has no correlation with anything. Such
 * statistics are undefined, NaN; the others of the table stand.
 *
 * @param lambda the smoothing of the filter; see {@link HodrickPrescott}
 * @param ddof the delta degrees of freedom of the standard deviations: sums of squares of N
 *     deviations are divided by N - ddof. 1 in Terry (2017), 0 in Yokomoto (2026), Table 3; ratios
 *     and correlations do not depend on it
 * @param rows one row per series, in the order given; the first is the reference
 */
public record BusinessCycleTable(double lambda, int ddof, List<Row> rows) {

  /**
   * A filtered series that moves less than this, in log points, moves by rounding errors alone, and
   * its correlation with anything means nothing.
   */
  private static final double ROUNDING_SD = 1e-12;

  private static final double PERCENT = 100;

  /**
   * One simulated series.
   *
   * @param name what the table prints
   * @param levels one finite level per period
   */
  public record Series(String name, Vector levels) {

    /** Checks that the levels are finite. */
    public Series {
      for (int t = 0; t < levels.size(); t++) {
        double level = levels.get(t);
        if (!Double.isFinite(level)) {
          throw new IllegalArgumentException(
              "series '%s', observation %d: a level must be finite but is %s"
                  .formatted(name, t, level));
        }
      }
    }
  }

  /**
   * The statistics of one series.
   *
   * @param name the name of the series
   * @param sdPercent the standard deviation of the cycle, in percent; NaN without logarithms
   * @param ratio the standard deviation relative to that of the reference; NaN where either has
   *     none, or the reference does not move
   * @param correlation the correlation with the cycle of the reference; NaN where either has no
   *     cycle or does not move, as hours where labour is supplied inelastically
   */
  public record Row(String name, Double sdPercent, Double ratio, Double correlation) {}

  /** Keeps its own copy of the rows. */
  public BusinessCycleTable {
    rows = List.copyOf(rows);
  }

  /**
   * The table of some series over the same periods.
   *
   * @param series the series; the first is the reference
   * @param lambda the smoothing of the filter, not negative
   * @param ddof the delta degrees of freedom, at least 0 and less than the number of periods
   * @throws IllegalArgumentException if there is no series, sizes differ, or names repeat
   */
  public static BusinessCycleTable of(List<Series> series, double lambda, int ddof) {
    check(series, ddof);
    Cycle reference = Cycle.of(series.get(0), lambda, ddof);
    List<Row> rows = new ArrayList<>();
    for (Series one : series) {
      Cycle cycle = Cycle.of(one, lambda, ddof);
      rows.add(
          new Row(
              one.name(),
              PERCENT * cycle.sd(),
              reference.moves() ? cycle.sd() / reference.sd() : Double.NaN,
              cycle.correlation(reference)));
    }
    return new BusinessCycleTable(lambda, ddof, rows);
  }

  /**
   * The row of a series.
   *
   * @throws IllegalArgumentException if the table has no series of this name
   */
  public Row row(String name) {
    return rows.stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no series '%s' in the table: it has %s"
                        .formatted(name, rows.stream().map(Row::name).toList())));
  }

  /**
   * The numbers in the order in which papers print them: standard deviations in percent, then
   * ratios to the first series, then correlations with it.
   *
   * @param names of series, the reference first; at least one
   * @throws IllegalArgumentException if there is none, or the table has none of a name
   */
  public double[] inPublishedOrder(String... names) {
    List<Row> all = Arrays.stream(names).map(this::row).toList();
    List<Row> others = all.subList(1, all.size());
    return Stream.of(
            all.stream().map(Row::sdPercent),
            others.stream().map(Row::ratio),
            others.stream().map(Row::correlation))
        .flatMap(Function.identity())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static void check(List<Series> series, int ddof) {
    if (series.isEmpty()) {
      throw new IllegalArgumentException("a business-cycle table needs at least 1 series");
    }
    Series first = series.get(0);
    Set<String> names = new HashSet<>();
    for (Series one : series) {
      if (!names.add(one.name())) {
        throw new IllegalArgumentException("two series are named '" + one.name() + "'");
      }
      if (one.levels().size() != first.levels().size()) {
        throw new IllegalArgumentException(
            "series '%s' has %d observations but '%s' has %d"
                .formatted(one.name(), one.levels().size(), first.name(), first.levels().size()));
      }
    }
    if (ddof < 0 || ddof >= first.levels().size()) {
      throw new IllegalArgumentException(
          "ddof must be at least 0 and less than the %d observations but is %d"
              .formatted(first.levels().size(), ddof));
    }
  }

  /** A filtered series, less its mean, and its standard deviation in log points. */
  private record Cycle(Vector deviations, double sd) {

    static Cycle of(Series series, double lambda, int ddof) {
      if (!(series.levels().min() > 0)) {
        return new Cycle(Vector.of(), Double.NaN);
      }
      Vector cycle = HodrickPrescott.cycle(series.levels().map(Math::log), lambda);
      double mean = cycle.mean();
      Vector deviations = cycle.map(x -> x - mean);
      return new Cycle(
          deviations, Math.sqrt(deviations.dot(deviations) / (deviations.size() - ddof)));
    }

    boolean moves() {
      return sd >= ROUNDING_SD; // NaN does not
    }

    double correlation(Cycle other) {
      if (!moves() || !other.moves()) {
        return Double.NaN;
      }
      double squares = deviations.dot(deviations) * other.deviations.dot(other.deviations);
      return deviations.dot(other.deviations) / Math.sqrt(squares);
    }
  }
}
