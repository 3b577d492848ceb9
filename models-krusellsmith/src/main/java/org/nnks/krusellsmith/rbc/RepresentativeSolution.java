package org.nnks.krusellsmith.rbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;

/**
 * Decisions of the representative agent, whatever found them.
 *
 * @param economy in which the agent lives
 * @param rule consumption
 * @param rules forecast rules, which the agent does not use
 * @param sweeps of the solver
 * @param change the solver's last change
 * @param converged whether it met the solver's tolerance
 */
public record RepresentativeSolution(
    Rbc economy, RbcRule rule, ForecastRules rules, int sweeps, double change, boolean converged)
    implements BellmanSolution {

  /** The name of the gap between two rules. */
  public static final String CONSUMPTION_GAP = "consumption";

  /** The unit-free Euler error within 20 % of k_ss: the headline. */
  public static final String EULER = "Euler equation";

  /** Liu's (2024) measure within 20 % of k_ss. */
  public static final String SQUARE_NARROW = "Euler MSE, k within 20 %";

  /** Liu's (2024) measure within 50 % of k_ss. */
  public static final String SQUARE_WIDE = "Euler MSE, k within 50 %";

  /** The same for the log-linear rule, beside which every other must be seen. */
  public static final String LOG_LINEAR_NARROW = "log-linear rule: Euler MSE, k within 20 %";

  /** See {@link #LOG_LINEAR_NARROW}. */
  public static final String LOG_LINEAR_WIDE = "log-linear rule: Euler MSE, k within 50 %";

  /** Nodes of plots. */
  private static final int PLOTTED = 101;

  @Override
  public Policies policies() {
    return () -> new RepresentativeHistory(economy, rule, rules);
  }

  /** The agent's own law of motion is that of the economy. */
  @Override
  public boolean followsRules() {
    return false;
  }

  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    RbcRule logLinear = LogLinearConsumption.of(economy);
    RbcEulerError narrow = error(rule, RbcEulerError.NARROW);
    Map<String, EquationError> errors = new LinkedHashMap<>();
    errors.put(
        EULER,
        new EquationError(
            "|c implied / c - 1|, k within 20 % of the steady state, all z, unweighted",
            narrow.points(), narrow.mean(), narrow.max(), narrow.bias()));
    RbcEulerError wide = error(rule, RbcEulerError.WIDE);
    errors.put(SQUARE_NARROW, square(SQUARE_NARROW, narrow));
    errors.put(SQUARE_WIDE, square(SQUARE_WIDE, wide));
    errors.put(
        LOG_LINEAR_NARROW, square(LOG_LINEAR_NARROW, error(logLinear, RbcEulerError.NARROW)));
    errors.put(LOG_LINEAR_WIDE, square(LOG_LINEAR_WIDE, error(logLinear, RbcEulerError.WIDE)));
    return errors;
  }

  private RbcEulerError error(RbcRule of, double width) {
    return RbcEulerError.of(economy, of, RbcEulerError.grid(economy, width));
  }

  private static EquationError square(String name, RbcEulerError error) {
    return new EquationError(
        name + ": (beta E[R'/c'] - 1/c)^2",
        error.points(),
        error.meanSquare(),
        error.maxSquare(),
        error.meanSquare());
  }

  /** |c / c of the other - 1| at the states of the path. */
  @Override
  public Map<String, EquationError> gaps(BellmanSolution other, SimulatedPath path, int from) {
    if (!(other instanceof RepresentativeSolution that)) {
      return Map.of();
    }
    double absolute = 0;
    double signed = 0;
    double max = 0;
    for (int t = from; t < path.periods(); t++) {
      int state = path.states().get(t);
      double k = path.capital().get(t);
      double gap = rule.consumption(state, k) / that.rule.consumption(state, k) - 1;
      absolute += Math.abs(gap);
      signed += gap;
      max = Math.max(max, Math.abs(gap));
    }
    int periods = path.periods() - from;
    return Map.of(
        CONSUMPTION_GAP,
        new EquationError(
            "|c / c of the other - 1| along the path",
            periods,
            absolute / periods,
            max,
            signed / periods));
  }

  /** Consumption and net saving in every state of z. */
  @Override
  public List<Figure> figures(SimulatedPath path, int burnIn) {
    List<Figure.Line> consumption = new ArrayList<>();
    List<Figure.Line> saving = new ArrayList<>();
    int[] states = IntStream.range(0, economy.productivity().size()).toArray();
    lines(consumption, saving, rule, states, "", false);
    return figures(consumption, saving);
  }

  /** The same beside another rule, in the lowest, middle and highest state of z. */
  @Override
  public List<Figure> figuresBeside(
      SimulatedPath path, int burnIn, String name, BellmanSolution other, SimulatedPath otherPath) {
    if (!(other instanceof RepresentativeSolution that)) {
      return figures(path, burnIn);
    }
    List<Figure.Line> consumption = new ArrayList<>();
    List<Figure.Line> saving = new ArrayList<>();
    int size = economy.productivity().size();
    int[] states = IntStream.of(0, size / 2, size - 1).distinct().toArray();
    lines(consumption, saving, rule, states, "", false);
    lines(consumption, saving, that.rule, states, name + ", ", true);
    return figures(consumption, saving);
  }

  private void lines(
      List<Figure.Line> consumption,
      List<Figure.Line> saving,
      RbcRule of,
      int[] states,
      String prefix,
      boolean dashed) {
    Vector capital = plotted().nodes();
    for (int state : states) {
      String name = prefix + "z = %.3f".formatted(economy.productivity().level(state));
      Vector c = capital.map(k -> of.consumption(state, k));
      Vector net = capital.map(k -> economy.cash(state, k) - of.consumption(state, k) - k);
      consumption.add(new Figure.Line(name, capital, c, dashed));
      saving.add(new Figure.Line(name, capital, net, dashed));
    }
  }

  private static List<Figure> figures(List<Figure.Line> consumption, List<Figure.Line> saving) {
    return List.of(
        new Figure(
            "Consumption c(k,z).",
            "Consumption rises with capital, one line for each productivity",
            "capital k",
            "consumption c",
            false,
            false,
            consumption),
        new Figure(
            "Net saving k' - k.",
            "Capital grows where it is scarce, one line for each productivity",
            "capital k",
            "k' - k",
            false,
            false,
            saving));
  }

  /** {@code consumption}: c(z,k). */
  @Override
  public List<LabelledArray> arrays(SimulatedPath path, int burnIn) {
    Vector capital = plotted().nodes();
    int[] states = IntStream.range(0, economy.productivity().size()).toArray();
    double[][] rows = new double[states.length][];
    Arrays.setAll(rows, z -> capital.map(k -> rule.consumption(z, k)).toArray());
    Vector levels =
        Vector.of(IntStream.of(states).mapToDouble(economy.productivity()::level).toArray());
    return List.of(
        LabelledArray.of(
            "consumption", Matrix.ofRows(rows), new Axis("z", levels), new Axis("k", capital)));
  }

  private Grid plotted() {
    Grid bounds = economy.meanCapital();
    return Grid.linear(bounds.lower(), bounds.upper(), PLOTTED);
  }
}
