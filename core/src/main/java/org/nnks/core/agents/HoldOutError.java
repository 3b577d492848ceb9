package org.nnks.core.agents;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.simulate.SimulatedPath;

/**
 * How far V is from the right side of its Bellman equation at points that no solver was fitted to:
 * agents drawn from the distribution, between its nodes, at dates drawn from the path.
 *
 * @param relativeToValue |T V - V| as a share of the mean |V|
 * @param relativeToCost |T V - V| less its mean at each date and own state, which moves no
 *     decision, as a share of the largest cost of a branch; empty if costs are not drawn
 */
record HoldOutError(EquationError relativeToValue, Optional<EquationError> relativeToCost) {

  /** Dates drawn. */
  static final int DATES = 100;

  /** Agents drawn, the same at every date, each in every own state. */
  static final int AGENTS = 100;

  static HoldOutError of(
      AgentSolution solution, SimulatedPath path, int burnIn, RandomGenerator random) {
    DeclaredEconomy economy = solution.economy();
    double[][] x = draw(solution, path.finalAgents(), random);
    AgentProblem problem = new AgentProblem(economy, solution.table().grid(), x);
    ValuesAt values = new ValuesAt(solution, x);
    int own = economy.own().size();
    double[][] continuation = new double[own][solution.table().grid().size()];
    Sums value = new Sums();
    Sums gain = new Sums();
    double size = 0;
    double cost = 0;
    for (int k = 0; k < DATES; k++) {
      int t = burnIn + random.nextInt(path.periods() - burnIn);
      int a = path.states().get(t);
      double[] moments = path.moments(t);
      double[] prices = solution.rules().prices(a, moments);
      solution.table().continuation(a, solution.rules().nextMoments(a, moments), continuation);
      problem.state(a, moments);
      problem.prices(prices);
      problem.solve(continuation);
      cost = Math.max(cost, problem.largestCost());
      double[] given = values.at(a, moments).toArray();
      for (int e = 0; e < own; e++) {
        double mean = 0;
        for (int i = 0; i < AGENTS; i++) {
          mean += (problem.value()[e * AGENTS + i] - given[e * AGENTS + i]) / AGENTS;
        }
        for (int i = 0; i < AGENTS; i++) {
          double error = problem.value()[e * AGENTS + i] - given[e * AGENTS + i];
          value.add(error);
          gain.add(error - mean);
          size += Math.abs(given[e * AGENTS + i]);
        }
      }
    }
    String where = "at %,d agents drawn from the distribution".formatted(DATES * AGENTS * own);
    return new HoldOutError(
        value.error("Bellman equation, relative to the mean |V|, " + where, size / value.count),
        economy.choice() instanceof Choice.UniformCost
            ? Optional.of(
                gain.error(
                    "Bellman equation but for its mean, relative to the largest cost, " + where,
                    cost))
            : Optional.empty());
  }

  /** Draws agents by mass, each somewhere between its node and the next. */
  private static double[][] draw(
      AgentSolution solution, Matrix distribution, RandomGenerator random) {
    int d = solution.states().size();
    double[][] x = new double[d][AGENTS];
    double[] mass = distribution.toArray();
    double total = 0;
    for (double each : mass) {
      total += each;
    }
    for (int i = 0; i < AGENTS; i++) {
      double left = random.nextDouble() * total;
      int cell = 0;
      while (cell < mass.length - 1 && left >= mass[cell]) {
        left -= mass[cell++];
      }
      int rest = cell % distribution.columns();
      for (int s = d - 1; s >= 0; s--) {
        State state = solution.states().get(s);
        Grid grid = state.grid();
        int node = Math.min(rest % grid.size(), grid.size() - 2);
        double share = random.nextDouble();
        x[s][i] = grid.get(node) + share * (grid.get(node + 1) - grid.get(node));
        rest /= grid.size();
      }
    }
    return x;
  }

  /** Sums of errors. */
  private static final class Sums {
    private int count;
    private double absolute;
    private double signed;
    private double largest;

    void add(double error) {
      count++;
      absolute += Math.abs(error);
      signed += error;
      largest = Double.isNaN(error) ? error : Math.max(largest, Math.abs(error));
    }

    EquationError error(String description, double unit) {
      return new EquationError(
          description, count, absolute / count / unit, largest / unit, signed / count / unit);
    }
  }
}
