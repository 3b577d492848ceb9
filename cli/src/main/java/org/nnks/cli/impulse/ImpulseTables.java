package org.nnks.cli.impulse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.simulate.ImpulseResponse.Response;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.ComparisonTable.Row;

/** Impulse responses as tables to print. */
public final class ImpulseTables {

  private static final int DECIMALS = 3;

  /** Responses in percent that differ by no more are equal. */
  private static final double ROUNDING = 1e-9;

  private ImpulseTables() {}

  /** Mean responses of every variable, one row for each period since the shock. */
  public static ComparisonTable means(ImpulseResponse response) {
    return table("Impulse responses (%), periods since the shock", response, Response::mean);
  }

  /** Their standard errors. */
  public static ComparisonTable standardErrors(ImpulseResponse response) {
    return table("Standard errors of these means (%)", response, Response::standardError);
  }

  /** The exact solution's responses, and how far from them a learned one's are. */
  public static List<ComparisonTable> beside(ImpulseResponse learned, ImpulseResponse exact) {
    List<Row> rows = new ArrayList<>();
    for (int h = 0; h <= learned.shock().horizon(); h++) {
      int horizon = h;
      double[] cells =
          learned.responses().stream()
              .mapToDouble(one -> distance(one, exact.response(one.name()), horizon))
              .toArray();
      rows.add(new Row(Integer.toString(h), DECIMALS, Vector.of(cells)));
    }
    return List.of(
        table("Impulse responses of the exact solution (%)", exact, Response::mean),
        table("Their standard errors, unpaired (%)", exact, Response::standardError),
        new ComparisonTable(
            "Gap to the exact solution, in paired standard errors",
            "Difference of the mean responses, divided by the standard error of the mean of the"
                + " differences economy by economy: both have the same aggregate shocks. The errors of"
                + " each solution's own means, above, are unpaired.",
            learned.responses().stream().map(Response::name).toList(),
            rows));
  }

  /** Differences that are rounding, as of what a shock cannot move at once, are none. */
  public static double distance(Response one, Response other, int horizon) {
    double difference = one.mean().get(horizon) - other.mean().get(horizon);
    return Math.abs(difference) <= ROUNDING ? 0 : difference / one.pairedError(other, horizon);
  }

  private static ComparisonTable table(
      String title, ImpulseResponse response, Function<Response, Vector> numbers) {
    List<Row> rows = new ArrayList<>();
    for (int h = 0; h <= response.shock().horizon(); h++) {
      int horizon = h;
      double[] cells =
          response.responses().stream()
              .mapToDouble(one -> numbers.apply(one).get(horizon))
              .toArray();
      rows.add(new Row(Integer.toString(h), DECIMALS, Vector.of(cells)));
    }
    return new ComparisonTable(
        title,
        "100 times mean log differences between pairs of economies that share all random numbers"
            + " but for the shock.",
        response.responses().stream().map(Response::name).toList(),
        rows);
  }
}
