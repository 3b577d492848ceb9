package org.nnks.core.archive;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;

/**
 * How far one series of a path is from that of another on the same shocks, in percent: 100 log(x /
 * reference).
 *
 * @param series the column
 * @param mean mean of the signed gap: a bias
 * @param meanAbsolute mean of its absolute value
 * @param max largest absolute value
 */
public record PathGap(String series, double mean, double meanAbsolute, double max) {

  /** The series compared. */
  public static final List<String> SERIES = List.of("p", "K", "Y", "I", "N");

  private static final double PERCENT = 100;

  /**
   * The gaps of all series over the periods that both paths have, after the burn-in.
   *
   * @throws InvalidInputException if the shocks differ, or no period is left
   */
  public static List<PathGap> between(PathCsv path, PathCsv reference, int burnIn) {
    int periods = Math.min(path.periods(), reference.periods());
    if (periods <= burnIn) {
      throw new InvalidInputException(
          "the paths have %d periods in common, none after the burn-in of %d"
              .formatted(periods, burnIn));
    }
    Vector mine = path.series("A_index");
    Vector theirs = reference.series("A_index");
    for (int t = 0; t < periods; t++) {
      if (mine.get(t) != theirs.get(t)) {
        throw new InvalidInputException(
            "the paths have different shocks from t = %d on, so their periods cannot be compared"
                .formatted(t + 1));
      }
    }
    List<PathGap> gaps = new ArrayList<>();
    for (String series : SERIES) {
      gaps.add(of(series, path.series(series), reference.series(series), burnIn, periods));
    }
    return gaps;
  }

  private static PathGap of(String series, Vector path, Vector reference, int burnIn, int periods) {
    double sum = 0;
    double absolute = 0;
    double max = 0;
    for (int t = burnIn; t < periods; t++) {
      double gap = PERCENT * Math.log(path.get(t) / reference.get(t));
      sum += gap;
      absolute += Math.abs(gap);
      max = Math.max(max, Math.abs(gap));
    }
    int count = periods - burnIn;
    return new PathGap(series, sum / count, absolute / count, max);
  }
}
