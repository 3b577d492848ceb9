package org.nnks.khanthomas.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;

/**
 * The value function, the policy function and the distribution where plots show them: Yokomoto
 * (2026) Figure 2. Exogenous states are ordered A * (number of z) + z.
 */
final class LumpyFigures {

  /**
   * Half-width of the prices shown, in logs: a little more than the realised deviations of the
   * price from its forecast, which stay within .5 %.
   */
  static final double PRICE_WINDOW = 0.008;

  /** Prices shown: enough for a smooth line. */
  static final int PRICES = 33;

  private static final double PERCENT = 100;

  private LumpyFigures() {}

  /** Value and policy at the middle A and mean K, and the distribution averaged over time. */
  static List<Figure> of(LumpySolution solution, SimulatedPath path, int burnIn) {
    LumpyInvestment economy = solution.economy();
    double meanCapital = meanCapital(economy, path, burnIn);
    int shocks = economy.idiosyncratic().size();
    int middle = economy.aggregate().size() / 2 * shocks;
    Vector capital = economy.capital().nodes();
    Vector gaps = logPriceGaps();
    Matrix mass =
        Matrix.of(
            shocks,
            capital.size(),
            Vector.of(path.meanAgents().toArray()).map(x -> PERCENT * x).toArray());
    return List.of(
        new Figure(
            "Value function V(z,k;A,K) at the middle A and K = %.3f (Yokomoto 2026, Figure 2a)."
                .formatted(meanCapital),
            "The value of a firm rises with its capital, one line for each productivity",
            "capital k",
            "value V",
            true,
            false,
            lines(economy, capital, values(solution, meanCapital), middle)),
        new Figure(
            "Policy function k* = g(z;A,K,p) there (Yokomoto 2026, Figure 2b).",
            "The target capital falls steeply in the price, one line for each productivity",
            "log deviation of p from its forecast (%)",
            "target k*",
            false,
            false,
            lines(economy, gaps.map(x -> PERCENT * x), targets(solution, meanCapital), middle)),
        new Figure(
            "Distribution of firms over capital, averaged over the second half of the path.",
            "The share of firms at each capital node, one line for each productivity, and all",
            "capital k",
            "share of firms (%)",
            true,
            true,
            Figure.distribution(lines(economy, capital, mass, 0), capital, total(mass))));
  }

  /**
   * {@code value}: V(A,z,k) and {@code policy}: k*(A,z,p), p in log deviations from its forecast,
   * both at mean K; {@code p}: those prices in levels; distributions over (z, k); K of the nodes.
   */
  static List<LabelledArray> arrays(LumpySolution solution, SimulatedPath path, int burnIn) {
    LumpyInvestment economy = solution.economy();
    double meanCapital = meanCapital(economy, path, burnIn);
    Axis productivity = new Axis("A", economy.aggregate().levels());
    Axis own = new Axis("z", economy.idiosyncratic().levels());
    Axis capital = new Axis("k", economy.capital().nodes());
    Axis gap = new Axis("log_price_gap", logPriceGaps());
    double[][] prices = new double[economy.aggregate().size()][];
    for (int a = 0; a < prices.length; a++) {
      double forecast = solution.rules().price(a, meanCapital);
      prices[a] = gap.nodes().map(x -> forecast * Math.exp(x)).toArray();
    }
    return List.of(
        LabelledArray.of("value", values(solution, meanCapital), productivity, own, capital),
        LabelledArray.of("policy", targets(solution, meanCapital), productivity, own, gap),
        LabelledArray.of("p", Matrix.ofRows(prices), productivity, gap),
        LabelledArray.of("at_K", meanCapital),
        LabelledArray.of("histogram", path.finalAgents(), own, capital),
        LabelledArray.of("mean_histogram", path.meanAgents(), own, capital));
  }

  private static Vector total(Matrix mass) {
    double[] total = new double[mass.columns()];
    for (int z = 0; z < mass.rows(); z++) {
      for (int i = 0; i < total.length; i++) {
        total[i] += mass.get(z, i);
      }
    }
    return Vector.ofUnsafe(total);
  }

  private static double meanCapital(LumpyInvestment economy, SimulatedPath path, int burnIn) {
    return economy.meanCapital().clamp(path.capital().slice(burnIn, path.periods()).mean());
  }

  private static Vector logPriceGaps() {
    return Grid.linear(-PRICE_WINDOW, PRICE_WINDOW, PRICES).nodes();
  }

  private static Matrix values(LumpySolution solution, double meanCapital) {
    double[] nodes = solution.economy().capital().nodes().toArray();
    double[] means = new double[nodes.length];
    Arrays.fill(means, meanCapital);
    return Matrix.ofRows(solution.value().values(nodes, means));
  }

  private static Matrix targets(LumpySolution solution, double meanCapital) {
    LumpyInvestment economy = solution.economy();
    Vector gaps = logPriceGaps();
    int shocks = economy.idiosyncratic().size();
    double[][] result = new double[economy.aggregate().size() * shocks][gaps.size()];
    Continuation continuation = solution.value().newContinuation();
    double[][] one = new double[1][shocks];
    for (int a = 0; a < economy.aggregate().size(); a++) {
      double next = economy.meanCapital().clamp(solution.rules().nextCapital(a, meanCapital));
      solution.value().continuation(a, next, continuation);
      for (int j = 0; j < gaps.size(); j++) {
        double[] price = {solution.rules().price(a, meanCapital) * Math.exp(gaps.get(j))};
        solution.policy().targets(a, meanCapital, continuation, price, 1, one);
        for (int z = 0; z < shocks; z++) {
          result[a * shocks + z][j] = economy.capital().clamp(one[0][z]);
        }
      }
    }
    return Matrix.ofRows(result);
  }

  /** One line for each productivity: the rows from {@code first} on. */
  private static List<Figure.Line> lines(
      LumpyInvestment economy, Vector x, Matrix values, int first) {
    List<Figure.Line> lines = new ArrayList<>();
    for (int z = 0; z < economy.idiosyncratic().size(); z++) {
      lines.add(
          new Figure.Line(
              "z = %.3f".formatted(economy.idiosyncratic().level(z)), x, values.row(first + z)));
    }
    return lines;
  }
}
