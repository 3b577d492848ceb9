package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Scale;
import org.nnks.core.economy.State;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;

/**
 * Values, decisions and the distribution of agents where plots show them: along each state, at the
 * middle of the other states and of the aggregate chain, at mean moments and the prices forecast
 * there; the distribution is averaged over time and summed over the other states.
 */
public final class AgentFigures {

  /** Own states shown: lines that an eye can tell apart. */
  private static final int LINES = 5;

  private static final double PERCENT = 100;

  private final PointSolution solution;
  private final DeclaredEconomy economy;
  private final int aggregateState;
  private final double[] moments;
  private final int[] shown;

  private AgentFigures(PointSolution solution, SimulatedPath path, int burnIn) {
    this.solution = solution;
    economy = solution.economy();
    aggregateState = economy.aggregate().size() / 2;
    moments =
        path.moments().stream()
            .mapToDouble(series -> series.slice(burnIn, path.periods()).mean())
            .toArray();
    int own = economy.own().size();
    int lines = Math.min(own, LINES);
    shown = new int[lines];
    for (int i = 0; i < lines; i++) {
      shown[i] = lines == 1 ? 0 : Math.round((float) i * (own - 1) / (lines - 1));
    }
  }

  /** All plots. */
  public static List<Figure> of(PointSolution solution, SimulatedPath path, int burnIn) {
    AgentFigures figures = new AgentFigures(solution, path, burnIn);
    List<Figure> all = new ArrayList<>();
    for (int s = 0; s < solution.economy().states().size(); s++) {
      if (figures.matters(solution.economy().states().get(s))) {
        figures.addAlong(s, all);
        all.add(figures.distribution(s, path.meanAgents()));
      }
    }
    return all;
  }

  /** Whether agents move along a state or anything depends on it; else it only tells them apart. */
  private boolean matters(State state) {
    return economy.branches().stream()
        .anyMatch(
            branch ->
                branch.leaves()
                    || !economy.next(branch).get(state).expression().equals(state.expression())
                    || Stream.concat(
                            Stream.of(economy.payoff(branch)),
                            economy.contributions(branch).values().stream())
                        .anyMatch(term -> term.expression().dependsOn(state.name()::equals)));
  }

  private void addAlong(int s, List<Figure> all) {
    double[][] points = points(s);
    String where =
        "in aggregate state %d of %d, productivity %.4g, at %s"
            .formatted(
                aggregateState + 1,
                economy.aggregate().size(),
                economy.aggregate().level(aggregateState),
                moments(economy.states().size() > 1));
    all.add(
        figure(
            s,
            "Value function %s.".formatted(where),
            "The value of an agent along its state, one line for each own state",
            "value V",
            1,
            solution.valuesAt(aggregateState, moments, points).toArray()));
    CellDecisions decisions =
        new CellDecisions(economy.branches(), economy.own().size() * points[s].length);
    AgentPeriod period = solution.decidingAt(points).period(aggregateState, moments);
    period.decide(new double[][] {period.prices()}, new CellDecisions[] {decisions});
    for (int b = 0; b < economy.branches().size(); b++) {
      Branch branch = economy.branches().get(b);
      if (economy.branches().size() > 1) {
        all.add(
            figure(
                s,
                "Probability of the branch %s %s.".formatted(branch.name(), where),
                "How likely an agent is to take the branch, one line for each own state",
                "probability of %s (%%)".formatted(branch.name()),
                PERCENT,
                decisions.probability(b)));
      }
      for (int c = 0; c < branch.controls().size(); c++) {
        Control control = branch.controls().get(c);
        all.add(
            figure(
                s,
                "Choice of %s in the branch %s %s."
                    .formatted(chosen(control), branch.name(), where),
                "What an agent of the branch chooses, one line for each own state",
                chosen(control),
                1,
                decisions.control(b, c)));
      }
    }
  }

  /** A control that is named as the next value of a state, in its words. */
  private String chosen(Control control) {
    return economy.states().stream()
        .filter(state -> control.name().equals(state.name() + "'"))
        .findFirst()
        .map(state -> "next " + economy.label(state.name()) + "'")
        .orElse(control.name());
  }

  private String moments(boolean others) {
    StringBuilder text = new StringBuilder();
    for (int m = 0; m < moments.length; m++) {
      text.append(m == 0 ? "" : ", ")
          .append("%s = %.4g".formatted(economy.moments().get(m).name(), moments[m]));
    }
    return text.append(others ? ", other states in the middle of their grids" : "").toString();
  }

  /** The nodes of one state, the others at their middle node: (states, points). */
  private double[][] points(int along) {
    List<State> states = economy.states();
    double[][] points = new double[states.size()][states.get(along).grid().size()];
    for (int s = 0; s < points.length; s++) {
      if (s == along) {
        points[s] = states.get(s).grid().nodes().toArray();
      } else {
        Arrays.fill(points[s], states.get(s).grid().get(states.get(s).grid().size() / 2));
      }
    }
    return points;
  }

  private Figure distribution(int along, Matrix agents) {
    int nodes = economy.states().get(along).grid().size();
    int stride = 1;
    for (int s = along + 1; s < economy.states().size(); s++) {
      stride *= economy.states().get(s).grid().size();
    }
    double[] mass = new double[agents.rows() * nodes];
    for (int e = 0; e < agents.rows(); e++) {
      for (int i = 0; i < agents.columns(); i++) {
        mass[e * nodes + i / stride % nodes] += agents.get(e, i);
      }
    }
    double[] total = new double[nodes];
    for (int i = 0; i < mass.length; i++) {
      total[i % nodes] += PERCENT * mass[i];
    }
    Figure parts =
        figure(
            along,
            "Distribution of agents, averaged over the second half of the path.",
            "The share of agents at each node, one line for each own state, and all of them",
            "share of agents (%)",
            PERCENT,
            mass);
    Vector grid = economy.states().get(along).grid().nodes();
    return parts.with(Figure.distribution(parts.lines(), grid, Vector.of(total)));
  }

  /** One line for each own state shown; values are ordered by own states and nodes. */
  private Figure figure(
      int along, String title, String description, String y, double unit, double[] values) {
    State state = economy.states().get(along);
    Vector nodes = state.grid().nodes();
    List<Figure.Line> lines = new ArrayList<>();
    for (int e : shown) {
      double[] line = Arrays.copyOfRange(values, e * nodes.size(), (e + 1) * nodes.size());
      lines.add(new Figure.Line(label(e), nodes, Vector.of(line).map(v -> unit * v)));
    }
    return new Figure(
        title,
        description,
        economy.label(state.name()),
        y,
        state.scale() instanceof Scale.Log,
        false,
        lines);
  }

  /** The agent's exogenous variables in an own state. */
  private String label(int e) {
    StringBuilder text = new StringBuilder();
    economy.exogenous().stream()
        .filter(variable -> variable.own() && variable.levels().min() < variable.levels().max())
        .forEach(
            variable ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append("%s = %.3f".formatted(variable.name(), variable.levels().get(e))));
    return text.isEmpty() ? "own state " + (e + 1) : text.toString();
  }
}
