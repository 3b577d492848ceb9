package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/**
 * What decisions of all cells lead to: what they add to the totals of the period, and next period's
 * states. Holds buffers; not thread-safe.
 */
public final class CellOutcomes {

  private static final int OWN = 0;
  private static final int POINT = 1;

  private final DeclaredEconomy economy;
  private final List<String> totals;
  private final boolean[] clearing;
  private final Program[] programs;
  private final int own;
  private final int points;
  private final double[][][] destination;

  /**
   * Outcomes on cells.
   *
   * @param x levels of each state at the points: (states, points)
   */
  public CellOutcomes(DeclaredEconomy economy, double[][] x) {
    this.economy = economy;
    own = economy.own().size();
    points = x[0].length;
    List<Branch> branches = economy.branches();
    Set<Total> named = new LinkedHashSet<>();
    branches.forEach(branch -> named.addAll(economy.contributions(branch).keySet()));
    List<Moment> means =
        economy.moments().stream().filter(moment -> moment.kind() == Moment.Kind.MEAN).toList();
    totals =
        Stream.concat(
                named.stream().map(Total::name).sorted(),
                means.stream().map(moment -> moment.next().name()))
            .toList();
    clearing = clearing(named.size());
    programs = new Program[branches.size()];
    destination = new double[branches.size()][economy.states().size()][own * points];
    for (int b = 0; b < programs.length; b++) {
      Branch branch = branches.get(b);
      List<Term> terms = new ArrayList<>();
      Map<Total, Term> contributions = economy.contributions(branch);
      named.stream()
          .sorted(Comparator.comparing(Total::name))
          .forEach(total -> terms.add(contributions.getOrDefault(total, Expression.constant(0))));
      Map<State, Term> next = branch.leaves() ? Map.of() : economy.next(branch);
      Map<String, Term> substitution = new HashMap<>();
      next.forEach((state, term) -> substitution.put(state.name(), term));
      double staying = branch.leaves() ? 0 : 1 - economy.turnover().exitRate();
      for (Moment mean : means) {
        terms.add(mean.law().expression().substitute(substitution).times(staying));
      }
      if (!branch.leaves()) {
        economy.states().forEach(state -> terms.add(next.get(state)));
      }
      Map<String, Integer> along = new HashMap<>();
      for (Exogenous variable : economy.exogenous()) {
        if (variable.own()) {
          along.put(variable.name(), 1 << OWN);
        }
      }
      economy.states().forEach(state -> along.put(state.name(), 1 << POINT));
      for (Control control : branch.controls()) {
        along.put(control.name(), 1 << OWN | 1 << POINT);
      }
      along.put(Choice.UniformCost.PAID, 1 << OWN | 1 << POINT);
      programs[b] = new Program(2, along, terms);
      programs[b].size(OWN, own);
      programs[b].size(POINT, points);
      for (Exogenous variable : economy.exogenous()) {
        if (variable.own()) {
          programs[b].set(variable.name(), variable.levels().toArray());
        }
      }
      for (int s = 0; s < x.length; s++) {
        programs[b].set(economy.states().get(s).name(), x[s]);
      }
    }
  }

  /** Which totals markets clear on; the others, such as averages that are only shown, can wait. */
  private boolean[] clearing(int named) {
    Set<String> used = new HashSet<>();
    economy.residuals().values().forEach(term -> used.addAll(term.expression().symbols()));
    economy.expectations().forEach(each -> used.addAll(each.term().expression().symbols()));
    economy.moments().forEach(moment -> used.addAll(moment.law().expression().symbols()));
    boolean[] clearing = new boolean[totals.size()];
    for (int t = 0; t < clearing.length; t++) {
      clearing[t] = t >= named || used.contains(totals.get(t));
    }
    return clearing;
  }

  /**
   * Names of what is added up: the totals, sorted, then next period's means of those who stay, in
   * the order of the economy's moments.
   */
  public List<String> totals() {
    return totals;
  }

  /** Sets the aggregate state and moments. */
  public void state(int aggregateState, double[] moments) {
    for (Exogenous variable : economy.exogenous()) {
      if (!variable.own()) {
        set(variable.name(), variable.levels().get(aggregateState));
      }
    }
    for (int j = 0; j < moments.length; j++) {
      set(economy.moments().get(j).name(), moments[j]);
    }
  }

  private void set(String symbol, double level) {
    for (Program program : programs) {
      program.set(symbol, level);
    }
  }

  private void set(CellDecisions decisions) {
    for (int b = 0; b < programs.length; b++) {
      List<Control> controls = economy.branches().get(b).controls();
      for (int c = 0; c < controls.size(); c++) {
        programs[b].set(controls.get(c).name(), decisions.control(b, c));
      }
      programs[b].set(Choice.UniformCost.PAID, decisions.paid());
    }
  }

  /**
   * Adds up all contributions at prices.
   *
   * @param mass of agents by cells
   * @param sums receives the totals, in their order
   */
  public void addUp(double[] prices, CellDecisions decisions, double[] mass, double[] sums) {
    addUpToClear(prices, decisions, mass, sums);
    addUpTheRest(prices, decisions, mass, sums);
  }

  /** As {@link #addUp}, but only the totals on which markets clear; the others stay as they are. */
  void addUpToClear(double[] prices, CellDecisions decisions, double[] mass, double[] sums) {
    addUp(true, prices, decisions, mass, sums);
  }

  /** As {@link #addUp}, but only the totals that {@link #addUpToClear} leaves. */
  void addUpTheRest(double[] prices, CellDecisions decisions, double[] mass, double[] sums) {
    addUp(false, prices, decisions, mass, sums);
  }

  private void addUp(
      boolean toClear, double[] prices, CellDecisions decisions, double[] mass, double[] sums) {
    for (int j = 0; j < prices.length; j++) {
      set(economy.prices().get(j).name(), prices[j]);
    }
    set(decisions);
    for (int t = 0; t < sums.length; t++) {
      if (clearing[t] != toClear) {
        continue;
      }
      double sum = 0;
      for (int b = 0; b < programs.length; b++) {
        double[] amounts = programs[b].evaluate(t);
        double[] probability = decisions.probability(b);
        int byPoint = programs[b].varies(t, POINT) ? 1 : 0;
        int byOwn = programs[b].varies(t, OWN) ? byPoint == 1 ? points : 1 : 0;
        for (int e = 0, cell = 0; e < own; e++) {
          for (int i = 0; i < points; i++, cell++) {
            double agents = mass[cell] * probability[cell];
            if (agents != 0) {
              sum += agents * amounts[e * byOwn + i * byPoint];
            }
          }
        }
      }
      sums[t] = sum;
    }
  }

  /** Works out next period's states. */
  public void move(CellDecisions decisions) {
    set(decisions);
    for (int b = 0; b < programs.length; b++) {
      for (int s = 0; s < destination[b].length && !economy.branches().get(b).leaves(); s++) {
        int root = totals.size() + s;
        double[] levels = programs[b].evaluate(root);
        int byPoint = programs[b].varies(root, POINT) ? 1 : 0;
        int byOwn = programs[b].varies(root, OWN) ? byPoint == 1 ? points : 1 : 0;
        for (int e = 0, cell = 0; e < own; e++) {
          for (int i = 0; i < points; i++, cell++) {
            destination[b][s][cell] = levels[e * byOwn + i * byPoint];
          }
        }
      }
    }
  }

  /** A next state by cells after a branch, as last worked out. */
  public double[] destination(int branch, int state) {
    return destination[branch][state];
  }
}
