package org.nnks.inventories;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Expectation;
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
 * The control of Khan and Thomas (2007): {@link Inventories} in which an order costs nothing, so
 * that nobody holds a stock. Makers of final goods buy what they use, u'(m) = p q, and are all
 * alike; K is the only moment.
 */
public final class WithoutInventories implements DeclaredEconomy {

  /** The name on the command line. */
  public static final String NAME = "no-inventories";

  /** Firms have numbers, for agents need a state; nothing depends on it. */
  private static final State NUMBER = State.linear("firm", 0, 1, 2);

  private static final Branch PRODUCE = Branch.of("produce");
  private static final Total OUTPUT = new Total("Y");
  private static final Total USED = new Total("M");

  private final InventoriesCalibration calibration;
  private final Technology technology;
  private final Price p;
  private final Price q;

  /** The economy with these parameters; those of stocks and orders do not matter. */
  public WithoutInventories(InventoriesCalibration calibration) {
    this.calibration = calibration;
    technology = new Technology(calibration);
    p = technology.p();
    q = technology.q();
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
  public int periodsPerYear() {
    return 4;
  }

  @Override
  public MarkovChain aggregate() {
    return technology.aggregate();
  }

  @Override
  public MarkovChain own() {
    return new MarkovChain(Vector.of(1), Matrix.of(1, 1, 1));
  }

  @Override
  public List<Exogenous> exogenous() {
    return List.of(technology.productivity());
  }

  @Override
  public List<State> states() {
    return List.of(NUMBER);
  }

  @Override
  public List<Moment> moments() {
    return List.of(technology.capital(investment()));
  }

  @Override
  public List<Price> prices() {
    return List.of(p, q);
  }

  @Override
  public List<Branch> branches() {
    return List.of(PRODUCE);
  }

  @Override
  public Term payoff(Branch branch) {
    return technology.worth(technology.bestUse()).minus(p.times(q).times(technology.bestUse()));
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return Map.of(NUMBER, NUMBER);
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    return Map.of(OUTPUT, technology.output(technology.bestUse()), USED, technology.bestUse());
  }

  private Expression investment() {
    return OUTPUT.minus(technology.consumption());
  }

  @Override
  public List<Expectation> expectations() {
    return List.of(technology.capitalWorth());
  }

  @Override
  public Map<Price, Term> residuals() {
    Map<Price, Term> residuals = new LinkedHashMap<>();
    residuals.put(p, technology.euler());
    residuals.put(q, USED.over(technology.made()).minus(1));
    return residuals;
  }

  @Override
  public Map<String, Term> aggregates() {
    Map<String, Term> series = new LinkedHashMap<>();
    series.put("Y", OUTPUT);
    series.put("I", investment());
    series.put("C", technology.consumption());
    series.put("N", technology.hours(OUTPUT));
    series.put("w", technology.wage());
    series.put("GDP", OUTPUT);
    series.put("final sales", OUTPUT);
    series.put("ordered", USED);
    series.put("M", USED);
    series.put("X", technology.made());
    return series;
  }

  @Override
  public List<String> cyclical() {
    return List.of("GDP", "final sales", "ordered", "M", "X");
  }

  @Override
  public String label(String variable) {
    return Technology.label(variable).orElse(DeclaredEconomy.super.label(variable));
  }

  @Override
  public Initial initial() {
    return new Initial(aggregate().size() / 2, calibration.startCapital());
  }
}
