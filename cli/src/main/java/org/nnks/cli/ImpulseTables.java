package org.nnks.cli;

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

  /** The last period since the shock that is printed; the CSV has all. */
  private static final int LAST = 10;

  private ImpulseTables() {}

  /** Mean responses of every variable, one row for each period since the shock. */
  public static ComparisonTable means(ImpulseResponse response) {
    return table("Impulse responses (%), periods since the shock", response, Response::mean);
  }

  /** Their standard errors. */
  public static ComparisonTable standardErrors(ImpulseResponse response) {
    return table("Standard errors of these means (%)", response, Response::standardError);
  }

  private static ComparisonTable table(
      String title, ImpulseResponse response, Function<Response, Vector> numbers) {
    List<Row> rows = new ArrayList<>();
    for (int h = 0; h <= Math.min(LAST, response.shock().horizon()); h++) {
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
