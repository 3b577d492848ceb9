package org.nnks.estimation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;

/**
 * Firms that are observed one by one, with classical measurement error, besides the survey whose
 * moments are known: as many in each of its years, drawn afresh from all firms.
 *
 * @param firms observed in all, years times as many as in each
 * @param aggregates sd of the errors of log Y and log I of a year
 * @param firm sd of the errors of log k and of i/k of a firm
 */
public record FirmInterviews(int firms, double aggregates, double firm) {

  private static final List<String> COLUMNS = List.of("log k", "i/k", "log Y", "log I");

  /** The last columns are of the year, not of the firm. */
  static final int CONTEXTS = 2;

  /**
   * Checks the domains.
   *
   * @throws InvalidInputException if there is no firm, or an error is not positive
   */
  public FirmInterviews {
    if (firms < 1
        || !(aggregates > 0 && firm > 0)
        || !Double.isFinite(aggregates)
        || !Double.isFinite(firm)) {
      throw new InvalidInputException(
          "firms observed one by one must be at least 1, with measurement errors above 0 as no data are exact, but are %d with %s of aggregates and %s of firms"
              .formatted(firms, aggregates, firm));
    }
  }

  /** What is known of each firm, and of its year. */
  public static List<String> columns() {
    return COLUMNS;
  }

  /**
   * Observed firms as an estimate sees them.
   *
   * @param observed shape (firms, {@link #columns})
   * @throws InvalidInputException if the shape is another, or a value is not finite
   */
  public double[] data(Matrix observed) {
    if (observed.rows() != firms || observed.columns() != COLUMNS.size()) {
      throw new InvalidInputException(
          "observed firms: expected %d rows of %s but got shape (%d, %d)"
              .formatted(firms, COLUMNS, observed.rows(), observed.columns()));
    }
    double[] rows = observed.toArray();
    for (int i = 0; i < rows.length; i++) {
      int column = i % COLUMNS.size();
      if (!Double.isFinite(rows[i])) {
        throw new InvalidInputException(
            "observed firms: %s is %s in row %d; all of them are needed"
                .formatted(COLUMNS.get(column), rows[i], i / COLUMNS.size()));
      }
      rows[i] = column == 1 ? seen(rows[i]) : rows[i];
    }
    return rows;
  }

  /** How many firms of so many years are observed in one, counted from zero. */
  int inYear(int year, int years) {
    return (int) ((year + 1L) * firms / years - (long) year * firms / years);
  }

  /**
   * Writes the firms of a year.
   *
   * @param drawn shape (firms, 2): k and i/k
   * @param logOutput as it is observed
   * @param logInvestment as it is observed
   */
  void write(
      Matrix drawn,
      double logOutput,
      double logInvestment,
      double[] rows,
      int first,
      RandomGenerator random) {
    for (int i = 0; i < drawn.rows(); i++) {
      int cell = first + i * COLUMNS.size();
      rows[cell] = Math.log(drawn.get(i, 0)) + firm * random.nextGaussian();
      rows[cell + 1] = seen(drawn.get(i, 1) + firm * random.nextGaussian());
      rows[cell + 2] = logOutput;
      rows[cell + 3] = logInvestment;
    }
  }

  /**
   * asinh of i/k in standard deviations of its error: most firms do nothing and differ by their
   * errors alone, a peak a tenth as wide as the rest of the distribution; here both are as wide.
   */
  private double seen(double rate) {
    double x = rate / firm;
    return Math.signum(x) * Math.log(Math.abs(x) + Math.sqrt(x * x + 1));
  }
}
