package org.nnks.capitals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice.TasteShocks;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * Firms produce with J kinds of capital and labour, y = A k_1^a_1 ... k_J^a_J n^nu, and each kind
 * costs hours to adjust: which kinds a firm adjusts is one of 2^J branches, with an extreme-value
 * shock each. A kind without cost is set anew in every branch. Households have utility log C - phi
 * N, so that p = 1/C and p w = phi, and one goods price clears. Values are in units of p.
 *
 * <p>With the best n, n = nu p y / phi, a firm earns (1 - nu) p y, y = (A k_1^a_1 ... k_J^a_J)^(1 /
 * (1 - nu)) (nu p / phi)^(nu / (1 - nu)). Firms differ only because shocks make them adjust at
 * different dates, as in Thomas (2002).
 */
public final class Capitals implements DeclaredEconomy {

  /** The name on the command line. */
  public static final String NAME = "capitals";

  /**
   * Nodes of the distribution in each kind, by J: depreciation moves a firm by a node or so, and
   * the product stays below ten thousand.
   */
  private static final int[] NODES = {100, 40, 20, 10};

  /** Capital reaches from this part of what a firm without costs would hold to twice as much. */
  private static final double LOWEST = .25;

  private static final double HIGHEST = 2;

  /** Mean capital and p, about those of an economy without costs. */
  private static final double AROUND = 1.4;

  private static final Total OUTPUT = new Total("Y");
  private static final Total INVESTMENT = new Total("I");
  private static final Total HOURS = new Total("N");

  private final CapitalsCalibration calibration;
  private final List<Kind> kinds;
  private final Frictionless around;
  private final MarkovChain aggregate;
  private final Exogenous productivity;
  private final List<State> states;
  private final List<Control> next;
  private final List<Moment> means;
  private final Price p;
  private final List<Branch> branches;
  private final Map<Branch, List<Integer>> adjusted = new LinkedHashMap<>();

  /** The economy with these parameters. */
  public Capitals(CapitalsCalibration calibration) {
    this.calibration = calibration;
    kinds = calibration.present();
    around = new Frictionless(calibration);
    aggregate =
        MarkovChain.rouwenhorst(
            calibration.persistence(), calibration.aggregateSd(), calibration.aggregateStates());
    productivity = Exogenous.aggregate("A", aggregate.levels());
    states = new ArrayList<>();
    means = new ArrayList<>();
    for (int j = 0; j < kinds.size(); j++) {
      double k = around.capital(j);
      State state =
          State.logarithmic("k" + (j + 1), LOWEST * k, HIGHEST * k, NODES[kinds.size() - 1]);
      states.add(state);
      means.add(Moment.mean("K" + (j + 1), state, k / AROUND, k * AROUND));
    }
    next = states.stream().map(State::next).toList();
    p = new Price("p", around.price() / AROUND, around.price() * AROUND, "the goods market");
    branches = subsets();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  @Override
  public MarkovChain aggregate() {
    return aggregate;
  }

  /** Firms are equally productive. */
  @Override
  public MarkovChain own() {
    return new MarkovChain(Vector.of(1), Matrix.of(1, 1, 1));
  }

  @Override
  public List<Exogenous> exogenous() {
    return List.of(productivity);
  }

  @Override
  public List<State> states() {
    return List.copyOf(states);
  }

  @Override
  public List<Moment> moments() {
    return List.copyOf(means);
  }

  @Override
  public List<Price> prices() {
    return List.of(p);
  }

  /** Every set of the kinds that cost something; those that do not are in all of them. */
  @Override
  public List<Branch> branches() {
    return branches;
  }

  private List<Branch> subsets() {
    List<Integer> costly =
        IntStream.range(0, kinds.size()).filter(j -> kinds.get(j).fixedCost() > 0).boxed().toList();
    List<Branch> all = new ArrayList<>();
    for (int set = 0; set < 1 << costly.size(); set++) {
      int chosen = set;
      List<Integer> here =
          IntStream.range(0, kinds.size())
              .filter(j -> !costly.contains(j) || (chosen >> costly.indexOf(j) & 1) == 1)
              .boxed()
              .toList();
      String name =
          set == 0
              ? "wait"
              : here.stream()
                  .filter(costly::contains)
                  .map(j -> states.get(j).name())
                  .collect(Collectors.joining(" ", "adjust ", ""));
      Branch branch =
          Branch.of(name, here.stream().map(j -> next.get(j).free()).toArray(Control.Range[]::new));
      all.add(branch);
      adjusted.put(branch, here);
    }
    return List.copyOf(all);
  }

  @Override
  public TasteShocks choice() {
    return new TasteShocks(calibration.tasteScale());
  }

  private Expression output() {
    double rest = 1 - calibration.labourShare();
    Expression product = productivity.pow(1 / rest);
    for (int j = 0; j < kinds.size(); j++) {
      product = product.times(states.get(j).pow(kinds.get(j).share() / rest));
    }
    return product.times(
        p.times(calibration.labourShare() / calibration.disutility())
            .pow(calibration.labourShare() / rest));
  }

  private Expression kept(int j) {
    return states.get(j).times(1 - kinds.get(j).depreciation());
  }

  /** k_j': what a firm sets or keeps, but not below the lowest node: what is missing is bought. */
  private Expression later(Branch branch, int j) {
    return adjusted.get(branch).contains(j)
        ? next.get(j).expression()
        : kept(j).max(states.get(j).grid().lower());
  }

  /** What a branch spends on capital; sales count with a minus. */
  private Expression investment(Branch branch) {
    Expression sum = Expression.constant(0);
    for (int j = 0; j < kinds.size(); j++) {
      sum = sum.plus(later(branch, j)).minus(kept(j));
    }
    return sum;
  }

  private double cost(Branch branch) {
    return adjusted.get(branch).stream().mapToDouble(j -> kinds.get(j).fixedCost()).sum();
  }

  @Override
  public Term payoff(Branch branch) {
    return p.times(output())
        .times(1 - calibration.labourShare())
        .minus(p.times(investment(branch)))
        .minus(calibration.disutility() * cost(branch));
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    Map<State, Term> all = new LinkedHashMap<>();
    for (int j = 0; j < kinds.size(); j++) {
      all.put(states.get(j), later(branch, j));
    }
    return all;
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    return Map.of(
        OUTPUT,
        output(),
        INVESTMENT,
        investment(branch),
        HOURS,
        p.times(output())
            .times(calibration.labourShare() / calibration.disutility())
            .plus(cost(branch)));
  }

  @Override
  public Map<Price, Term> residuals() {
    return Map.of(p, Expression.constant(1).over(p).minus(OUTPUT.minus(INVESTMENT)));
  }

  @Override
  public Map<String, Term> aggregates() {
    return Map.of(
        "Y", OUTPUT,
        "I", INVESTMENT,
        "C", OUTPUT.minus(INVESTMENT),
        "N", HOURS,
        "w", Expression.constant(calibration.disutility()).over(p));
  }

  @Override
  public int panel() {
    return calibration.firms();
  }

  /** Firms hold what they would without costs, those between nodes on both sides. */
  @Override
  public Initial initial() {
    double[] mass = {1};
    double[] moments = new double[kinds.size()];
    for (int j = 0; j < kinds.size(); j++) {
      moments[j] = around.capital(j);
      int cell = states.get(j).grid().cell(moments[j]);
      double above = states.get(j).grid().weight(cell, moments[j]);
      int nodes = states.get(j).grid().size();
      double[] more = new double[mass.length * nodes];
      for (int i = 0; i < mass.length; i++) {
        more[i * nodes + cell] = mass[i] * (1 - above);
        more[i * nodes + cell + 1] = mass[i] * above;
      }
      mass = more;
    }
    return new Initial(aggregate.size() / 2, Vector.of(moments), Vector.of(mass));
  }
}
