package org.nnks.krusellsmith;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;

/** The figures of Liu (2024) section 3, in the last period of a path. */
final class HouseholdFigures {

  /** Wealth shown: the few richer households would leave the rest of a plot empty. */
  private static final double SHOWN = .999;

  /** Bars of the distribution of wealth. */
  private static final int BINS = 60;

  private static final double PERCENT = 100;

  private HouseholdFigures() {}

  /** Figures 2, 3 and 4. */
  static List<Figure> of(KrusellSmith economy, HouseholdRule rule, SimulatedPath path) {
    Households households = last(economy, path);
    HouseholdDecisions decisions = new HouseholdDecisions(economy, rule);
    decisions.decide(households);
    int shown = shown(households.wealth());
    Vector capital = economy.capital().nodes().slice(0, shown);
    String place =
        "z = %.3f and K = %.2f"
            .formatted(
                economy.aggregate().level(households.aggregateState()), households.meanCapital());
    return List.of(
        wealth(economy, households, shown),
        new Figure(
            "Consumption c(k,s) at %s (Liu 2024, Figure 3).".formatted(place),
            "Consumption rises with wealth, nearly along a straight line but for the poorest",
            "capital k",
            "consumption c",
            false,
            false,
            lines(economy, capital, decisions.consumption())),
        new Figure(
            "Savings k'(k,s) at %s (Liu 2024, Figure 4).".formatted(place),
            "Next period's capital rises with wealth, close to the diagonal",
            "capital k",
            "next period's capital k'",
            false,
            false,
            lines(economy, capital, decisions.nextCapital())));
  }

  /** {@code consumption}, {@code savings}, {@code histogram}: (states, nodes); {@code capital}. */
  static Map<String, Matrix> arrays(KrusellSmith economy, HouseholdRule rule, SimulatedPath path) {
    Households households = last(economy, path);
    HouseholdDecisions decisions = new HouseholdDecisions(economy, rule);
    decisions.decide(households);
    Map<String, Matrix> arrays = new LinkedHashMap<>();
    arrays.put("capital", Matrix.ofRows(new double[][] {economy.capital().nodes().toArray()}));
    arrays.put("consumption", Matrix.ofRows(decisions.consumption()));
    arrays.put("savings", Matrix.ofRows(decisions.nextCapital()));
    arrays.put("histogram", households.toMatrix());
    return arrays;
  }

  private static Households last(KrusellSmith economy, SimulatedPath path) {
    int state = path.states().get(path.periods() - 1);
    return Households.of(economy, state, path.finalAgents());
  }

  private static Figure wealth(KrusellSmith economy, Households households, int shown) {
    double[] mass = households.wealth();
    double width = economy.capital().get(shown - 1) / BINS;
    double[] share = new double[BINS];
    double[] middle = new double[BINS];
    Arrays.setAll(middle, bin -> (bin + .5) * width);
    for (int i = 0; i < shown; i++) {
      int bin = Math.min((int) (economy.capital().get(i) / width), BINS - 1);
      share[bin] += PERCENT * mass[i];
    }
    return new Figure(
        "Distribution of wealth in the last period (Liu 2024, Figure 2).",
        "The share of households in equal intervals of capital has one peak and a long right tail",
        "capital k",
        "share of households (%)",
        false,
        true,
        List.of(new Figure.Line("households", Vector.ofUnsafe(middle), Vector.ofUnsafe(share))));
  }

  /** The number of nodes below which nearly all households are. */
  private static int shown(double[] wealth) {
    double below = 0;
    int i = 0;
    while (i < wealth.length && (below < SHOWN || i < 2)) {
      below += wealth[i];
      i++;
    }
    return i;
  }

  private static List<Figure.Line> lines(KrusellSmith economy, Vector capital, double[][] rows) {
    List<Figure.Line> lines = new ArrayList<>();
    for (int s = 0; s < rows.length; s++) {
      lines.add(
          new Figure.Line(
              economy.stateName(s), capital, Vector.of(rows[s]).slice(0, capital.size())));
    }
    return lines;
  }
}
