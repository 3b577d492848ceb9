package org.nnks.bloom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;

/**
 * The figures of Yokomoto (2026) section 3 and appendix B for one solution, or for networks beside
 * the exact solution of the same forecast rules: Figures 4, 7, 8 to 13 and 14. The paper prints no
 * numbers of them.
 *
 * <p>Firms are shown at mean K, in low volatility that has lasted, at the forecast price. The paper
 * holds n_-1 or k at the quarter points of its grid's range, which are no nodes: here it is the
 * node next to each. A chart of Figures 8 to 13 is a row of the paper's panels: one level of a, all
 * z.
 */
public final class BloomFigures {

  /** Prices of Figure 4 (b): half a percent, and less than a node's distance, apart. */
  static final int PRICES = 41;

  /** Half-width of those prices around the forecast, in logs: delta of Yokomoto (2026) (35). */
  public static final double PRICE_WINDOW = .04;

  /** The last period of Figure 7; a shorter history is shown to its end. */
  static final int WINDOW_END = 3_500;

  /** Periods of Figure 7. */
  static final int WINDOW = 500;

  /** The first figures of I(k) and of S(n). */
  private static final int CAPITAL_FIGURE = 8;

  private static final int HOURS_FIGURE = 11;

  /** Places on the range of a grid at which the other variable is held. */
  private static final List<Double> QUARTERS = List.of(.25, .5, .75);

  private static final double PERCENT = 100;

  private final Bloom economy;
  private final ForecastRules rules;
  private final List<Drawn<?>> solutions;
  private final double meanCapital;

  /**
   * The figures of solutions.
   *
   * @param solutions the one in question first
   * @param burnIn periods of its history discarded for mean K
   */
  BloomFigures(Bloom economy, ForecastRules rules, List<Drawn<?>> solutions, int burnIn) {
    this.economy = economy;
    this.rules = rules;
    this.solutions = List.copyOf(solutions);
    SimulatedPath path = solutions.get(0).path();
    meanCapital = economy.meanCapital().clamp(path.capital().slice(burnIn, path.periods()).mean());
  }

  /** Distributions, and Figures 4, 7 and 8 to 13. */
  public List<Figure> all() {
    List<Figure> figures = new ArrayList<>();
    figures.add(distribution("capital", "capital k", economy.capital(), economy.hours().size()));
    figures.add(distribution("hours", "hours n₋₁", economy.hours(), 1));
    figures.addAll(adjustment());
    figures.addAll(paths());
    figures.addAll(policies());
    return figures;
  }

  /**
   * Figure 14 for one training.
   *
   * @param losses mean squared Bellman errors after each iteration; at least one
   */
  public static Figure validation(Vector losses) {
    return new Figure(
        "Validation loss of the value network, this run (Yokomoto 2026, Figure 14).",
        "The squared Bellman error at points that train nothing, after each iteration of training",
        "training iteration",
        "log10 of the mean squared error",
        false,
        true,
        List.of(
            new Figure.Line(
                "validation loss",
                Vector.ofUnsafe(IntStream.rangeClosed(1, losses.size()).asDoubleStream().toArray()),
                losses.map(Math::log10))));
  }

  /**
   * Firms over one of their states, summed over the other: the lowest, middle and highest z, and
   * all.
   *
   * @param stride cells between neighbours on the grid
   */
  private Figure distribution(String what, String label, Grid grid, int stride) {
    Matrix firms = solutions.get(0).path().meanAgents();
    double[][] share = new double[firms.rows()][grid.size()];
    double[] all = new double[grid.size()];
    for (int z = 0; z < share.length; z++) {
      for (int cell = 0; cell < firms.columns(); cell++) {
        share[z][cell / stride % grid.size()] += PERCENT * firms.get(z, cell);
        all[cell / stride % grid.size()] += PERCENT * firms.get(z, cell);
      }
    }
    List<Figure.Line> lines = new ArrayList<>();
    for (int z : IntStream.of(0, share.length / 2, share.length - 1).distinct().toArray()) {
      lines.add(
          new Figure.Line(
              "z = %.3f".formatted(economy.idiosyncratic(AggregateStates.LOW).level(z)),
              grid.nodes(),
              Vector.of(share[z])));
    }
    return new Figure(
        "Distribution of firms over %s, averaged over the second half of the path.".formatted(what),
        "The share of firms at each node, three levels of productivity, and all",
        label,
        "share of firms (%)",
        true,
        false,
        Figure.distribution(lines, grid.nodes(), Vector.of(all)));
  }

  private int state(int productivity) {
    return economy.states().index(productivity, AggregateStates.LOW, AggregateStates.LOW);
  }

  private double forecast(int state) {
    return rules.price(state, meanCapital);
  }

  private int cell(int z, int k, int n) {
    return (z * economy.capital().size() + k) * economy.hours().size() + n;
  }

  /** I = k' - (1 - delta_k) k of the firms of a cell; zero to the bit if they do nothing. */
  private double investment(FirmChoices choices, int z, int k, int n) {
    return choices.nextCapital(cell(z, k, n)) - economy.undepreciated(k);
  }

  /** S = n - (1 - delta_n) n_-1, the paper's s. */
  private double hiring(FirmChoices choices, int z, int k, int n) {
    return choices.chosenHours(cell(z, k, n)) - economy.unseparated(n);
  }

  /** Figure 4: hours adjusted, by n_-1 and by the price. */
  private List<Figure> adjustment() {
    int state = state(economy.states().productivityStates() / 2);
    int z = economy.calibration().idiosyncraticStates() / 2;
    int k = nearest(economy.capital(), meanCapital);
    double price = forecast(state);
    List<Figure.Line> byHours = new ArrayList<>();
    for (Drawn<?> solution : solutions) {
      FirmChoices choices = solution.at(state, meanCapital, price);
      byHours.add(line(solution, "", economy.hours().nodes(), n -> hiring(choices, z, k, n)));
    }
    int hires = lastHiring(byHours.get(0).y());
    Vector deviations = Grid.linear(-PRICE_WINDOW, PRICE_WINDOW, PRICES).nodes();
    List<Figure.Line> byPrice = new ArrayList<>();
    for (Drawn<?> solution : solutions) {
      byPrice.add(
          line(
              solution,
              "",
              deviations.map(x -> PERCENT * x),
              i ->
                  hiring(
                      solution.at(state, meanCapital, price * Math.exp(deviations.get(i))),
                      z,
                      k,
                      hires)));
    }
    String firm = "middle a and z, low volatility, k = %.3f".formatted(economy.capital().get(k));
    return List.of(
        new Figure(
            "Hours adjusted by n₋₁ at %s (Yokomoto 2026, Figure 4a).".formatted(firm),
            "Firms with few hours hire, those with many fire, and between thresholds hours are"
                + " left to separations",
            "last quarter's hours n₋₁",
            "adjustment s",
            false,
            false,
            byHours),
        new Figure(
            "Hours adjusted by the price there, n₋₁ = %.4f (Yokomoto 2026, Figure 4b)."
                .formatted(economy.hours().get(hires)),
            "The adjustment of hours jumps where the price makes hiring worth its fixed cost",
            "log deviation of p from its forecast (%)",
            "adjustment s",
            false,
            false,
            byPrice));
  }

  /** The highest n_-1 at which firms hire, where a lower price stops them; else the middle. */
  private static int lastHiring(Vector hiring) {
    for (int n = hiring.size() - 1; n > 0; n--) {
      if (hiring.get(n) > 0) {
        return n;
      }
    }
    return hiring.size() / 2;
  }

  /** Figure 7: the same shocks, period by period. */
  private List<Figure> paths() {
    int end = Math.min(WINDOW_END, solutions.get(0).path().periods());
    int start = Math.max(0, end - WINDOW);
    return List.of(
        path("Output Y", SimulatedPath::output, start, end),
        path("Investment I", SimulatedPath::investment, start, end),
        path("Hours N", SimulatedPath::hours, start, end),
        path("Consumption C", SimulatedPath::consumption, start, end),
        path("Capital K", SimulatedPath::capital, start, end),
        path("Price p", SimulatedPath::price, start, end));
  }

  private Figure path(String name, Function<SimulatedPath, Vector> series, int start, int end) {
    Vector periods =
        Vector.ofUnsafe(IntStream.rangeClosed(start + 1, end).asDoubleStream().toArray());
    return new Figure(
        "%s, periods %d to %d (Yokomoto 2026, Figure 7).".formatted(name, start + 1, end),
        "%s in periods %d to %d".formatted(name, start + 1, end),
        "quarter",
        name,
        false,
        true,
        solutions.stream()
            .map(
                solution ->
                    new Figure.Line(
                        solution.name(),
                        periods,
                        series.apply(solution.path()).slice(start, end),
                        solution.dashed()))
            .toList());
  }

  /** Figures 8 to 13: I(k) at three n_-1, S(n) at three k, for every a and z. */
  private List<Figure> policies() {
    Grid capital = economy.capital();
    Grid hours = economy.hours();
    List<List<Figure>> ofCapital = lists();
    List<List<Figure>> ofHours = lists();
    for (int a = 0; a < economy.states().productivityStates(); a++) {
      List<List<Figure.Line>> investment = lists();
      List<List<Figure.Line>> hiring = lists();
      for (Drawn<?> solution : solutions) {
        FirmChoices choices = solution.at(state(a), meanCapital, forecast(state(a)));
        for (int z = 0; z < economy.calibration().idiosyncraticStates(); z++) {
          int shock = z;
          String level = "z = %.3f".formatted(economy.idiosyncratic(AggregateStates.LOW).level(z));
          for (int q = 0; q < QUARTERS.size(); q++) {
            int n = quarter(hours, q);
            int k = quarter(capital, q);
            investment
                .get(q)
                .add(line(solution, level, capital.nodes(), i -> investment(choices, shock, i, n)));
            hiring
                .get(q)
                .add(line(solution, level, hours.nodes(), i -> hiring(choices, shock, k, i)));
          }
        }
      }
      for (int q = 0; q < QUARTERS.size(); q++) {
        ofCapital.get(q).add(investmentFigure(q, a, investment.get(q)));
        ofHours.get(q).add(hiringFigure(q, a, hiring.get(q)));
      }
    }
    List<Figure> figures = new ArrayList<>();
    ofCapital.forEach(figures::addAll);
    ofHours.forEach(figures::addAll);
    return figures;
  }

  private static <T> List<List<T>> lists() {
    List<List<T>> lists = new ArrayList<>();
    QUARTERS.forEach(quarter -> lists.add(new ArrayList<>()));
    return lists;
  }

  private Figure investmentFigure(int quarter, int a, List<Figure.Line> lines) {
    return new Figure(
        "Investment I(k) at n₋₁ = %.4f, a = %.4f (Yokomoto 2026, Figure %d, row %d)."
            .formatted(
                economy.hours().get(quarter(economy.hours(), quarter)),
                economy.states().level(state(a)),
                CAPITAL_FIGURE + quarter,
                a + 1),
        "Investment falls in capital, is zero over a range and negative beyond it; one line for"
            + " each productivity",
        "capital k",
        "investment I",
        false,
        false,
        lines);
  }

  private Figure hiringFigure(int quarter, int a, List<Figure.Line> lines) {
    return new Figure(
        "Hours adjusted S(n₋₁) at k = %.4f, a = %.4f (Yokomoto 2026, Figure %d, row %d)."
            .formatted(
                economy.capital().get(quarter(economy.capital(), quarter)),
                economy.states().level(state(a)),
                HOURS_FIGURE + quarter,
                a + 1),
        "Firms with few hours hire, those with many fire, and between thresholds hours are left to"
            + " separations; one line for each productivity",
        "last quarter's hours n₋₁",
        "adjustment s",
        false,
        false,
        lines);
  }

  private static int quarter(Grid grid, int quarter) {
    return nearest(grid, grid.lower() + QUARTERS.get(quarter) * (grid.upper() - grid.lower()));
  }

  private static int nearest(Grid grid, double value) {
    int cell = grid.cell(grid.clamp(value));
    return grid.weight(cell, grid.clamp(value)) > .5 ? cell + 1 : cell;
  }

  /** The legend names the level of a line, and the solution if the level is not ours alone. */
  private static Figure.Line line(
      Drawn<?> solution, String level, Vector x, IntToDoubleFunction ordinate) {
    double[] y = new double[x.size()];
    Arrays.setAll(y, ordinate);
    String named = level.isEmpty() ? solution.name() : level + ", " + solution.name();
    String name = level.isEmpty() || solution.dashed() ? named : level;
    return new Figure.Line(name, x, Vector.ofUnsafe(y), solution.dashed());
  }
}
