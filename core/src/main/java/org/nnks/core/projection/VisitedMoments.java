package org.nnks.core.projection;

import java.util.List;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.economy.Moment;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/** The interval of moments that paths visit, or that agents expect there. */
public final class VisitedMoments {

  /** How far the interval reaches beyond what was visited, as a share of its length. */
  private static final double MARGIN = 0.5;

  /** An end that moves by more than this share of the length makes another interval. */
  private static final double MOVED = 0.25;

  /** The first part of a path, in which its start is forgotten. */
  private static final double FORGOTTEN = 0.2;

  private VisitedMoments() {}

  /** Nodes between what a path visits and forecasts, half its length wider at either end. */
  public static MomentNodes of(List<Moment> moments, SimulatedPath path) {
    int q = moments.size();
    double[] lower = new double[q];
    double[] upper = new double[q];
    int from = (int) (FORGOTTEN * path.periods());
    for (int m = 0; m < q; m++) {
      Vector series = path.moments().get(m).slice(from, path.periods());
      Vector forecast = path.momentForecasts().get(m).slice(from, path.periods());
      double low = Math.min(series.min(), forecast.min());
      double high = Math.max(series.max(), forecast.max());
      double margin = MARGIN * (high - low);
      lower[m] = Math.max(low - margin, moments.get(m).lower());
      upper[m] = Math.min(high + margin, moments.get(m).upper());
      if (!(lower[m] < upper[m])) { // a moment that does not move: where it is declared
        lower[m] = moments.get(m).lower();
        upper[m] = moments.get(m).upper();
      }
    }
    return new MomentNodes(lower, upper);
  }

  /** Whether an end lies elsewhere than before, by a quarter of the length. */
  public static boolean differ(MomentNodes one, MomentNodes other, int moments) {
    for (int m = 0; m < moments; m++) {
      double allowed = MOVED * (one.upper(m) - one.lower(m));
      if (Math.abs(one.lower(m) - other.lower(m)) > allowed
          || Math.abs(one.upper(m) - other.upper(m)) > allowed) {
        return true;
      }
    }
    return false;
  }
}
