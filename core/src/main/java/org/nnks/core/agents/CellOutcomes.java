package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.Arrays;
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

  private static final int AGENTS = 0;

  private final DeclaredEconomy economy;
  private final List<String> totals;
  private final boolean[] clearing;
  private final List<String> ownNames;
  private final double[][] ownLevels;
  private final double[][] x;
  private final Program[] programs;
  private final int points;
  private final double[][][] destination;

  /** The cells with agents in each branch: of these buffers the first ones count. */
  private final int[][] cells;

  private final int[] counts;

  /** How many agents of each such cell are in the branch last gathered. */
  private final double[] weights;

  /** States and own levels there by branches: what equations make of them alone is kept. */
  private final double[][][] given;

  /** What agents of the branch last gathered decide there. */
  private final double[][] decided;

  private final double[] everywhere;

  /** The cells with mass. */
  private final int[] withMass;

  private int occupied;

  /**
   * Outcomes on cells.
   *
   * @param x levels of each state at the points: (states, points)
   */
  public CellOutcomes(DeclaredEconomy economy, double[][] x) {
    this.economy = economy;
    this.x = x;
    points = x[0].length;
    List<Exogenous> own = economy.exogenous().stream().filter(Exogenous::own).toList();
    ownNames = own.stream().map(Exogenous::name).toList();
    ownLevels = own.stream().map(each -> each.levels().toArray()).toArray(double[][]::new);
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
    int size = economy.own().size() * points;
    programs = new Program[branches.size()];
    destination = new double[branches.size()][economy.states().size()][size];
    int controls = 0;
    for (int b = 0; b < programs.length; b++) {
      programs[b] = program(branches.get(b), named, means);
      controls = Math.max(controls, branches.get(b).controls().size());
    }
    cells = new int[programs.length][size];
    counts = new int[programs.length];
    pointsMoved(); // nothing gathered
    weights = new double[size];
    given = new double[programs.length][x.length + ownLevels.length][size];
    decided = new double[controls + 1][size];
    withMass = new int[size];
    everywhere = new double[size];
    Arrays.fill(everywhere, 1);
  }

  private Program program(Branch branch, Set<Total> named, List<Moment> means) {
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
    terms.add(economy.payoff(branch));
    if (!branch.leaves()) {
      economy.states().forEach(state -> terms.add(next.get(state)));
    }
    Map<String, Integer> along = new HashMap<>();
    ownNames.forEach(name -> along.put(name, 1 << AGENTS));
    economy.states().forEach(state -> along.put(state.name(), 1 << AGENTS));
    branch.controls().forEach(control -> along.put(control.name(), 1 << AGENTS));
    along.put(Choice.UniformCost.PAID, 1 << AGENTS);
    return new Program(1, along, terms);
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

  /** Says that states have other levels at the points: what was kept of them is forgotten. */
  void pointsMoved() {
    Arrays.fill(counts, -1);
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

  /** Gives a symbol that is the same for all agents its value. */
  void set(String symbol, double level) {
    for (Program program : programs) {
      program.set(symbol, level);
    }
  }

  /** Finds the cells with agents, before those of a branch are gathered among them. */
  private void look(double[] mass) {
    occupied = 0;
    for (int cell = 0; cell < mass.length; cell++) {
      if (mass[cell] != 0) {
        withMass[occupied++] = cell;
      }
    }
  }

  /**
   * Gathers the cells that have agents in a branch, and all that its equations need of them.
   *
   * @return how many cells
   */
  private int gather(int b, CellDecisions decisions, double[] mass) {
    double[] probability = decisions.probability(b);
    boolean same = true;
    int count = 0;
    for (int i = 0; i < occupied; i++) {
      int cell = withMass[i];
      double weight = mass[cell] * probability[cell];
      if (weight != 0) {
        same &= count < counts[b] && cells[b][count] == cell;
        weights[count] = weight;
        cells[b][count++] = cell;
      }
    }
    if (!same || count != counts[b]) {
      counts[b] = count;
      gatherGiven(b);
    }
    List<Control.Range> ranges = economy.branches().get(b).ranges();
    for (int c = 0; c < ranges.size(); c++) {
      gather(b, ranges.get(c).control().name(), decisions.control(b, c), decided[c]);
    }
    gather(b, Choice.UniformCost.PAID, decisions.paid(), decided[ranges.size()]);
    return count;
  }

  /** Gathers what agents of a branch cannot decide. */
  private void gatherGiven(int b) {
    programs[b].size(AGENTS, counts[b]);
    int e = 0;
    int first = 0;
    for (int i = 0; i < counts[b]; i++) {
      for (; cells[b][i] >= first + points; first += points) { // cells rise
        e++;
      }
      for (int s = 0; s < x.length; s++) {
        given[b][s][i] = x[s][cells[b][i] - first];
      }
      for (int k = 0; k < ownLevels.length; k++) {
        given[b][x.length + k][i] = ownLevels[k][e];
      }
    }
    for (int s = 0; s < x.length; s++) {
      programs[b].setFirst(economy.states().get(s).name(), given[b][s]);
    }
    for (int k = 0; k < ownLevels.length; k++) {
      programs[b].setFirst(ownNames.get(k), given[b][x.length + k]);
    }
  }

  private void gather(int b, String name, double[] byCell, double[] to) {
    if (programs[b].uses(name)) {
      for (int i = 0; i < counts[b]; i++) {
        to[i] = byCell[cells[b][i]];
      }
      programs[b].setFirst(name, to);
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
    prices(prices);
    for (int t = 0; t < sums.length; t++) {
      sums[t] = clearing[t] == toClear ? 0 : sums[t];
    }
    look(mass);
    for (int b = 0; b < programs.length; b++) {
      int count = gather(b, decisions, mass);
      for (int t = 0; t < sums.length && count > 0; t++) {
        if (clearing[t] == toClear) {
          double[] amounts = programs[b].evaluate(t);
          int each = programs[b].varies(t, AGENTS) ? 1 : 0;
          double sum = sums[t];
          for (int i = 0; i < count; i++) {
            sum += weights[i] * amounts[i * each];
          }
          sums[t] = sum;
        }
      }
    }
  }

  /** Sets prices, on which payoffs and next states may depend. */
  void prices(double[] prices) {
    for (int j = 0; j < prices.length; j++) {
      set(economy.prices().get(j).name(), prices[j]);
    }
  }

  /**
   * What agents get in a branch by what they decide, at the prices last set.
   *
   * @param mass of agents by cells
   * @param payoffs receives it by cells; those without agents in the branch stay as they are
   */
  void payoff(int b, CellDecisions decisions, double[] mass, double[] payoffs) {
    look(mass);
    int count = gather(b, decisions, mass);
    if (count > 0) {
      double[] amounts = programs[b].evaluate(totals.size());
      int each = programs[b].varies(totals.size(), AGENTS) ? 1 : 0;
      for (int i = 0; i < count; i++) {
        payoffs[cells[b][i]] = amounts[i * each];
      }
    }
  }

  /** Works out next period's states of agents, wherever there may be any. */
  public void move(CellDecisions decisions) {
    move(decisions, everywhere);
  }

  /**
   * Works out next period's states of agents; where there are none they keep any value.
   *
   * @param mass of agents by cells
   */
  public void move(CellDecisions decisions, double[] mass) {
    look(mass);
    for (int b = 0; b < programs.length; b++) {
      int count = gather(b, decisions, mass);
      for (int s = 0; s < x.length && !economy.branches().get(b).leaves() && count > 0; s++) {
        double[] levels = programs[b].evaluate(totals.size() + 1 + s);
        int each = programs[b].varies(totals.size() + 1 + s, AGENTS) ? 1 : 0;
        for (int i = 0; i < count; i++) {
          destination[b][s][cells[b][i]] = levels[i * each];
        }
      }
    }
  }

  /** A next state by cells after a branch, as last worked out. */
  public double[] destination(int branch, int state) {
    return destination[branch][state];
  }
}
