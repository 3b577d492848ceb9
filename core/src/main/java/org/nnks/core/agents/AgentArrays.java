package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;

/**
 * What a solution of a declared economy hands to other programs: distributions; values, the
 * probability of each branch and its controls at every cell, at the aggregate state and moments of
 * the last period and the prices forecast there; and what own states mean.
 */
public final class AgentArrays {

  private AgentArrays() {}

  /** All arrays; those of decisions are named after their branch. */
  public static List<LabelledArray> of(PointSolution solution, SimulatedPath path) {
    DeclaredEconomy economy = solution.economy();
    AgentHistogram histogram = new AgentHistogram(economy);
    List<Axis> axes = histogram.axes();
    List<LabelledArray> arrays = distributions(economy, path);
    int last = path.periods() - 1;
    int state = path.states().get(last);
    double[] moments = path.moments(last);
    Matrix values = solution.valuesAt(state, moments, histogram.levels());
    arrays.add(new LabelledArray("value", axes, Vector.ofUnsafe(values.toArray())));
    List<Branch> branches = economy.branches();
    CellDecisions decisions = new CellDecisions(branches, histogram.mass().length);
    AgentPeriod period = solution.decidingAt(histogram.levels()).period(state, moments);
    period.decide(new double[][] {period.prices()}, new CellDecisions[] {decisions});
    for (int b = 0; b < branches.size(); b++) {
      String name = branches.get(b).name();
      arrays.add(
          new LabelledArray(
              "probability_" + name, axes, Vector.ofUnsafe(decisions.probability(b))));
      for (int c = 0; c < branches.get(b).controls().size(); c++) {
        arrays.add(
            new LabelledArray(
                "%s_%s".formatted(branches.get(b).controls().get(c).name(), name),
                axes,
                Vector.ofUnsafe(decisions.control(b, c))));
      }
    }
    arrays.add(LabelledArray.of("at_A_index", state + 1));
    for (int m = 0; m < moments.length; m++) {
      arrays.add(LabelledArray.of("at_" + economy.moments().get(m).name(), moments[m]));
    }
    for (int p = 0; p < economy.prices().size(); p++) {
      arrays.add(LabelledArray.of("at_" + economy.prices().get(p).name(), period.prices()[p]));
    }
    return arrays;
  }

  /** The distributions of a history, and the levels of exogenous variables by states. */
  private static List<LabelledArray> distributions(DeclaredEconomy economy, SimulatedPath path) {
    AgentHistogram histogram = new AgentHistogram(economy);
    List<LabelledArray> arrays = new ArrayList<>();
    arrays.add(of("histogram", histogram, path.finalAgents()));
    arrays.add(of("mean_histogram", histogram, path.meanAgents()));
    arrays.addAll(panel(economy, path.finalPanel()));
    Axis own = histogram.axes().get(0);
    Axis aggregate = Axis.counted("A_index", economy.aggregate().size());
    for (Exogenous variable : economy.exogenous()) {
      arrays.add(
          new LabelledArray(
              variable.name(), List.of(variable.own() ? own : aggregate), variable.levels()));
    }
    return arrays;
  }

  /** Own states of a panel's agents, counted from one, and the levels of their states. */
  private static List<LabelledArray> panel(DeclaredEconomy economy, Matrix panel) {
    List<LabelledArray> arrays = new ArrayList<>();
    List<Axis> agents = List.of(Axis.counted("agent", panel.rows()));
    for (int c = 0; c < panel.columns(); c++) {
      int column = c;
      String name = c == 0 ? "own_state" : economy.states().get(c - 1).name();
      int first = c == 0 ? 1 : 0;
      double[] values = new double[panel.rows()];
      Arrays.setAll(values, i -> panel.get(i, column) + first);
      arrays.add(new LabelledArray("panel_" + name, agents, Vector.ofUnsafe(values)));
    }
    return arrays;
  }

  private static LabelledArray of(String name, AgentHistogram histogram, Matrix mass) {
    return new LabelledArray(name, histogram.axes(), Vector.ofUnsafe(mass.toArray()));
  }
}
