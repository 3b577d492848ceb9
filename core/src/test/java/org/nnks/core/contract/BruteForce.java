package org.nnks.core.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.State;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/**
 * The value of every branch by trying a fine mesh of controls, one agent at a time, with a smooth
 * continuation in closed form.
 */
final class BruteForce {

  /** Mesh points by the number of controls. */
  private static final int[] MESH = {1, 40_001, 401, 61};

  private final DeclaredEconomy economy;
  private final double[][] x;
  private final int a;
  private final double[] moments;
  private final double[] prices;
  private final double size;

  BruteForce(DeclaredEconomy economy, ForecastRules rules, double[][] x) {
    this.economy = economy;
    this.x = x;
    a = economy.initial().aggregateState();
    moments = economy.initial().moments().toArray();
    prices = rules.prices(a, moments);
    size = sizeOfPayoffs();
  }

  int aggregateState() {
    return a;
  }

  double[] moments() {
    return moments;
  }

  double[] prices() {
    return prices;
  }

  /** What a mesh and a parabola through nodes may leave. */
  double accuracy() {
    return 2e-4 * size;
  }

  /** Increasing and concave on the scales of the states, as large as payoffs. */
  double continuation(int e, double... levels) {
    double sum = 0;
    for (int s = 0; s < levels.length; s++) {
      double t = economy.states().get(s).scaled(levels[s]);
      sum += (1 + .1 * e) * (1.2 * t - .5 * t * t);
    }
    return 4 * size * sum;
  }

  /** The mean absolute payoff of branches without controls, or at the middle of controls. */
  private double sizeOfPayoffs() {
    double sum = 0;
    int count = 0;
    for (Branch branch : economy.branches()) {
      Program payoff = new Program(0, Map.of(), List.of(economy.payoff(branch)));
      for (int cell = 0; cell < economy.own().size() * x[0].length; cell++) {
        set(payoff, cell);
        for (Control control : branch.controls()) {
          payoff.set(control.name(), Math.sqrt(control.grid().lower() * control.grid().upper()));
        }
        double value = payoff.evaluate(0)[0];
        if (Double.isFinite(value)) {
          sum += Math.abs(value);
          count++;
        }
      }
    }
    return sum / count;
  }

  private void set(Program program, int cell) {
    int points = x[0].length;
    for (Exogenous variable : economy.exogenous()) {
      program.set(variable.name(), variable.levels().get(variable.own() ? cell / points : a));
    }
    for (int s = 0; s < x.length; s++) {
      program.set(economy.states().get(s).name(), x[s][cell % points]);
    }
    for (int j = 0; j < moments.length; j++) {
      program.set(economy.moments().get(j).name(), moments[j]);
    }
    for (int j = 0; j < prices.length; j++) {
      program.set(economy.prices().get(j).name(), prices[j]);
    }
  }

  /** The best value of a branch for the agent of a cell. */
  double best(int b, int cell) {
    Branch branch = economy.branches().get(b);
    List<Term> terms = new ArrayList<>(List.of(economy.payoff(branch)));
    int d = branch.leaves() ? 0 : x.length;
    for (int s = 0; s < d; s++) {
      terms.add(economy.next(branch).get(economy.states().get(s)));
    }
    for (Control.Range range : branch.ranges()) {
      terms.add(range.lower().orElse(Expression.constant(range.control().grid().lower())));
      terms.add(range.upper().orElse(Expression.constant(range.control().grid().upper())));
    }
    Program program = new Program(0, Map.of(), terms);
    set(program, cell);
    int controls = branch.ranges().size();
    double[] low = new double[controls];
    double[] high = new double[controls];
    for (int c = 0; c < controls; c++) {
      Control control = branch.ranges().get(c).control();
      low[c] = Math.max(program.evaluate(1 + d + 2 * c)[0], control.grid().lower());
      high[c] = Math.min(program.evaluate(2 + d + 2 * c)[0], control.grid().upper());
      if (!(low[c] <= high[c])) {
        return Double.NEGATIVE_INFINITY;
      }
    }
    int mesh = MESH[controls];
    int tries = (int) Math.round(Math.pow(mesh, controls));
    double best = Double.NEGATIVE_INFINITY;
    double[] next = new double[d];
    for (int u = 0; u < tries; u++) {
      for (int c = 0, rest = u; c < controls; c++, rest /= mesh) {
        double share = rest % mesh / (mesh - 1.0);
        program.set(branch.ranges().get(c).control().name(), low[c] + share * (high[c] - low[c]));
      }
      double value = program.evaluate(0)[0];
      for (int s = 0; s < d; s++) {
        State state = economy.states().get(s);
        next[s] = state.grid().clamp(program.evaluate(1 + s)[0]);
      }
      value += d == 0 ? 0 : continuation(cell / x[0].length, next);
      best = value > best ? value : best;
    }
    return best;
  }
}
