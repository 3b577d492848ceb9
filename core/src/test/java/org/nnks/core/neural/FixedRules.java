package org.nnks.core.neural;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.agents.ActionGrid;
import org.nnks.core.agents.AgentProblem;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.nets.InputBox;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * An economy of one state, one moment and one price under given forecasts, solved by value
 * iteration on an {@link ActionGrid} and Chebyshev points of the moment: a plain loop to judge
 * networks by.
 */
final class FixedRules {

  /** Values of neighbouring sweeps differ by less when it stops. */
  private static final double TOLERANCE = 1e-7;

  private final DeclaredEconomy economy;
  private final ForecastRules forecasts;
  private final ActionGrid grid;
  private final InputBox box;
  private final double[] nodes;
  private final double[][] x;
  private final double[][][][] value; // [a][moment node][e][node]

  FixedRules(DeclaredEconomy economy, ForecastRules forecasts, int nodes, int momentNodes) {
    this.economy = economy;
    this.forecasts = forecasts;
    grid = new ActionGrid(economy.states(), nodes);
    box =
        new InputBox(
            Math.log(economy.moments().get(0).lower()), Math.log(economy.moments().get(0).upper()));
    this.nodes = box.chebyshev(momentNodes);
    x = new double[1][nodes];
    for (int i = 0; i < nodes; i++) {
      x[0][i] = grid.level(0, i);
    }
    value = new double[economy.aggregate().size()][momentNodes][economy.own().size()][nodes];
  }

  /** Log K' and log p on log K around (mean, price), for productivity levels A. */
  static ForecastRules forecasts(DeclaredEconomy economy, double mean, double price) {
    int states = economy.aggregate().size();
    double[] moment = new double[2 * states];
    double[] prices = new double[2 * states];
    for (int a = 0; a < states; a++) {
      double shock = Math.log(economy.aggregate().level(a));
      moment[2 * a] = .2 * Math.log(mean) + .2 * shock;
      moment[2 * a + 1] = .8;
      prices[2 * a] = Math.log(price) + .4 * Math.log(mean) - .5 * shock;
      prices[2 * a + 1] = -.4;
    }
    return rules(List.of(Matrix.of(states, 2, moment)), List.of(Matrix.of(states, 2, prices)));
  }

  /** Rules by matrices of coefficients: (aggregate states, 1 + moments), the constant first. */
  static ForecastRules rules(List<Matrix> moments, List<Matrix> prices) {
    return new ForecastRules(
        moments.stream().map(FixedRules::rule).toList(),
        prices.stream().map(FixedRules::rule).toList());
  }

  private static LogLinearRule rule(Matrix coefficients) {
    List<Vector> columns = new ArrayList<>();
    for (int i = 0; i < coefficients.columns(); i++) {
      double[] column = new double[coefficients.rows()];
      for (int a = 0; a < column.length; a++) {
        column[a] = coefficients.get(a, i);
      }
      columns.add(Vector.of(column));
    }
    return new LogLinearRule(columns.get(0), columns.subList(1, columns.size()));
  }

  ActionGrid grid() {
    return grid;
  }

  double[][] nodes() {
    return x;
  }

  /** Iterates to convergence. */
  FixedRules solve() {
    AgentProblem problem = new AgentProblem(economy, grid, x);
    double change = Double.POSITIVE_INFINITY;
    while (change > TOLERANCE) {
      change = 0;
      for (int a = 0; a < value.length; a++) {
        for (int j = 0; j < nodes.length; j++) {
          double[] solved = at(problem, a, Math.exp(nodes[j]), null).value();
          for (int e = 0; e < economy.own().size(); e++) {
            for (int i = 0; i < grid.size(); i++) {
              double next = solved[e * grid.size() + i];
              change = Math.max(change, Math.abs(next - value[a][j][e][i]));
              value[a][j][e][i] = next;
            }
          }
        }
      }
    }
    return this;
  }

  /** Solves the problem at a moment; at the forecast price if none is given. */
  AgentProblem at(AgentProblem problem, int a, double moment, double[] price) {
    double[] moments = {moment};
    problem.state(a, moments);
    problem.prices(price == null ? forecasts.prices(a, moments) : price);
    double[] weights = new double[nodes.length];
    double next = Math.log(forecasts.nextMoments(a, moments)[0]);
    box.interpolationWeights(Math.max(box.lower(), Math.min(box.upper(), next)), weights);
    double[][] continuation = new double[economy.own().size()][grid.size()];
    for (int e = 0; e < continuation.length; e++) {
      for (int b = 0; b < value.length; b++) {
        for (int f = 0; f < continuation.length; f++) {
          double probability =
              economy.discountFactor()
                  * (1 - economy.turnover().exitRate())
                  * economy.aggregate().probability(a, b)
                  * economy.own(a, b).probability(e, f);
          for (int j = 0; j < nodes.length; j++) {
            for (int i = 0; i < grid.size(); i++) {
              continuation[e][i] += probability * weights[j] * value[b][j][f][i];
            }
          }
        }
      }
    }
    problem.solve(continuation);
    return problem;
  }
}
