package org.nnks.krusellsmith;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;

/**
 * Wealth, consumption and savings, as in Liu (2024) section 3; decisions are those of the last
 * period of a path.
 */
final class HouseholdFigures {

  /** Wealth shown: the few richer households would leave the rest of a plot empty. */
  private static final double SHOWN = .999;

  /** Bars of the distribution of wealth. */
  private static final int BINS = 60;

  private static final double PERCENT = 100;

  private HouseholdFigures() {}

  /** Figures 2, 3 and 4: the distribution, and one line for each idiosyncratic state. */
  static List<Figure> of(KrusellSmith economy, HouseholdRule rule, SimulatedPath path) {
    return of(economy, rule, path, IntStream.range(0, economy.states()).toArray(), List.of());
  }

  /**
   * The same beside another rule, for the lowest, middle and highest idiosyncratic state.
   *
   * @param name of the other rule
   * @param otherPath its own history, on the same shocks
   */
  static List<Figure> beside(
      KrusellSmith economy,
      HouseholdRule rule,
      SimulatedPath path,
      String name,
      HouseholdRule other,
      SimulatedPath otherPath) {
    int last = economy.states() - 1;
    int[] states = IntStream.of(0, economy.states() / 2, last).distinct().toArray();
    return of(economy, rule, path, states, List.of(new Beside(name, other, otherPath)));
  }

  /** A rule to compare with. */
  private record Beside(String name, HouseholdRule rule, SimulatedPath path) {}

  private static List<Figure> of(
      KrusellSmith economy,
      HouseholdRule rule,
      SimulatedPath path,
      int[] states,
      List<Beside> others) {
    Households households = last(economy, path);
    HouseholdDecisions decisions = new HouseholdDecisions(economy, rule);
    decisions.decide(households);
    double[] mass = wealth(economy, path);
    int shown = shown(mass);
    List<Figure.Line> wealth = new ArrayList<>();
    Figure.Line shares = wealth(economy, mass, shown, "households", false);
    wealth.add(shares);
    if (others.isEmpty()) {
      double mean = Vector.of(mass).dot(economy.capital().nodes());
      wealth.add(Figure.mean(mean, shares.y().max()));
    }
    List<Figure.Line> lorenz = new ArrayList<>();
    lorenz.add(lorenz(economy, mass, "households", false));
    List<Figure.Line> consumption = new ArrayList<>();
    List<Figure.Line> savings = new ArrayList<>();
    lines(consumption, economy, shown, decisions.consumption(), states, "", false);
    lines(savings, economy, shown, decisions.nextCapital(), states, "", false);
    for (Beside other : others) {
      double[] otherMass = wealth(economy, other.path());
      wealth.add(wealth(economy, otherMass, shown, other.name(), true));
      lorenz.add(lorenz(economy, otherMass, other.name(), true));
      HouseholdDecisions theirs = new HouseholdDecisions(economy, other.rule());
      theirs.decide(households);
      String prefix = other.name() + ", ";
      lines(consumption, economy, shown, theirs.consumption(), states, prefix, true);
      lines(savings, economy, shown, theirs.nextCapital(), states, prefix, true);
    }
    lorenz.add(new Figure.Line("equality", Vector.of(0, PERCENT), Vector.of(0, PERCENT), true));
    String place =
        "z = %.3f and K = %.2f"
            .formatted(
                economy.aggregate().level(households.aggregateState()), households.meanCapital());
    return List.of(
        new Figure(
            "Distribution of wealth, averaged over the second half of the path.",
            "The share of households in equal intervals of capital has one peak and a long right tail",
            "capital k",
            "share of households (%)",
            false,
            true,
            wealth),
        new Figure(
            "Consumption c(k,s) at %s.".formatted(place),
            "Consumption rises with wealth, nearly along a straight line but for the poorest",
            "capital k",
            "consumption c",
            false,
            false,
            consumption),
        new Figure(
            "Savings k'(k,s) at %s.".formatted(place),
            "Next period's capital rises with wealth, close to the diagonal",
            "capital k",
            "next period's capital k'",
            false,
            false,
            savings),
        new Figure(
            "Lorenz curve of wealth, averaged over the second half of the path.",
            "The poorest households own less than their share",
            "poorest households (%)",
            "their share of wealth (%)",
            false,
            false,
            lorenz));
  }

  /** Consumption and savings in the last period, and distributions over (s, k). */
  static List<LabelledArray> arrays(KrusellSmith economy, HouseholdRule rule, SimulatedPath path) {
    Households households = last(economy, path);
    HouseholdDecisions decisions = new HouseholdDecisions(economy, rule);
    decisions.decide(households);
    Axis own = Axis.counted("s", economy.states());
    Axis capital = new Axis("k", economy.capital().nodes());
    return List.of(
        LabelledArray.of("consumption", Matrix.ofRows(decisions.consumption()), own, capital),
        LabelledArray.of("savings", Matrix.ofRows(decisions.nextCapital()), own, capital),
        LabelledArray.of("at_A_index", households.aggregateState() + 1),
        LabelledArray.of("at_K", households.meanCapital()),
        LabelledArray.of("histogram", households.toMatrix(), own, capital),
        LabelledArray.of("mean_histogram", path.meanAgents(), own, capital));
  }

  private static Households last(KrusellSmith economy, SimulatedPath path) {
    int state = path.states().get(path.periods() - 1);
    return Households.of(economy, state, path.finalAgents());
  }

  /** The distribution of wealth, averaged over time. */
  private static double[] wealth(KrusellSmith economy, SimulatedPath path) {
    return Households.of(economy, path.states().get(path.periods() - 1), path.meanAgents())
        .wealth();
  }

  private static Figure.Line lorenz(
      KrusellSmith economy, double[] mass, String name, boolean dashed) {
    double[] poorest = new double[mass.length + 1];
    double[] owned = new double[mass.length + 1];
    for (int i = 0; i < mass.length; i++) {
      poorest[i + 1] = poorest[i] + mass[i];
      owned[i + 1] = owned[i] + mass[i] * economy.capital().get(i);
    }
    Vector x = Vector.of(poorest).map(share -> PERCENT * share / poorest[mass.length]);
    Vector y = Vector.of(owned).map(share -> PERCENT * share / owned[mass.length]);
    return new Figure.Line(name, x, y, dashed);
  }

  private static Figure.Line wealth(
      KrusellSmith economy, double[] mass, int shown, String name, boolean dashed) {
    double width = economy.capital().get(shown - 1) / BINS;
    double[] share = new double[BINS];
    double[] middle = new double[BINS];
    Arrays.setAll(middle, bin -> (bin + .5) * width);
    for (int i = 0; i < shown; i++) {
      int bin = Math.min((int) (economy.capital().get(i) / width), BINS - 1);
      share[bin] += PERCENT * mass[i];
    }
    return new Figure.Line(name, Vector.ofUnsafe(middle), Vector.ofUnsafe(share), dashed);
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

  private static void lines(
      List<Figure.Line> to,
      KrusellSmith economy,
      int shown,
      double[][] rows,
      int[] states,
      String prefix,
      boolean dashed) {
    Vector capital = economy.capital().nodes().slice(0, shown);
    for (int s : states) {
      Vector row = Vector.of(rows[s]).slice(0, shown);
      to.add(new Figure.Line(prefix + economy.stateName(s), capital, row, dashed));
    }
  }
}
