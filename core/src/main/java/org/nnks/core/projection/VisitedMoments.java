package org.nnks.core.projection;

import java.util.List;
import java.util.stream.DoubleStream;
import org.nnks.core.agents.MomentBox;
import org.nnks.core.economy.Moment;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/** The box of moments that paths visit, or that agents expect there. */
public final class VisitedMoments {

  /** How far the box reaches beyond what was visited, as a share of its length. */
  private static final double MARGIN = 0.5;

  /** An end that moves by more than this share of the length makes another box. */
  private static final double MOVED = 0.25;

  /** The first part of a path, in which its start is forgotten. */
  private static final double FORGOTTEN = 0.2;

  private VisitedMoments() {}

  /**
   * The box around what a path visits and forecasts, half its length wider at either end: leaning,
   * or upright and cut off where it would leave what is declared.
   */
  public static MomentBox of(List<Moment> moments, SimulatedPath path) {
    int q = moments.size();
    int from = (int) (FORGOTTEN * path.periods());
    double[][] logs = new double[q][];
    double[] lower = new double[q];
    double[] upper = new double[q];
    for (int m = 0; m < q; m++) {
      Vector visited = path.moments().get(m).slice(from, path.periods());
      Vector forecast = path.momentForecasts().get(m).slice(from, path.periods());
      logs[m] = DoubleStream.concat(visited.stream(), forecast.stream()).map(Math::log).toArray();
      double low = Math.min(visited.min(), forecast.min());
      double high = Math.max(visited.max(), forecast.max());
      double margin = MARGIN * (high - low);
      lower[m] = Math.max(low - margin, moments.get(m).lower());
      upper[m] = Math.min(high + margin, moments.get(m).upper());
      if (!(lower[m] < upper[m])) { // a moment that does not move: where it is declared
        lower[m] = moments.get(m).lower();
        upper[m] = moments.get(m).upper();
      }
    }
    MomentBox leaning = MomentBox.around(logs, MARGIN, 0);
    return q > 1 && leaning.liesIn(MomentBox.declared(moments))
        ? leaning
        : MomentBox.upright(lower, upper);
  }

  /** Whether a corner lies elsewhere than before, by a quarter of the length. */
  public static boolean differ(MomentBox one, MomentBox other) {
    return one.differs(other, MOVED);
  }
}
