package org.nnks.inventories;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice.UniformCost;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Expectation;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.Scale;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * The economy of Khan and Thomas (2007), declared: makers of final goods hold stocks of
 * intermediate goods, because an order costs hours that are drawn anew every quarter.
 *
 * <p>Households have utility log C + eta (1 - N) and own firms and capital: p = 1/C, and p w = eta.
 * Values are in units of p. Intermediate goods are X = z K^alpha L^(1-alpha), sold at q. A maker of
 * final goods starts the quarter with a stock s, orders or not, uses m with hours n for y = m^tm
 * n^tn, and keeps s', which costs sigma each. The best n leaves
 *
 * <pre>
 *   p y - eta n = u(m) = (1-tn) p^(1/(1-tn)) (tn/eta)^(tn/(1-tn)) m^a,   a = tm/(1-tn)
 *   use:    u(s - s') - p sigma s',                      s' &lt;= s
 *   order:  p q (s - m - s') + u(m) - p sigma s',        u'(m) = p q
 * </pre>
 *
 * <p>so that an order separates: what is used depends on prices alone, what is kept on neither. Two
 * equations find p and q in every quarter: what is ordered is made, and owners of capital are
 * indifferent to it, p = beta E p' [1 - delta + alpha q' z' (L'/K')^(1-alpha)].
 */
public final class Inventories implements DeclaredEconomy {

  /** The name on the command line. */
  public static final String NAME = "inventories";

  /** V bends as a root of the stock near zero, where a firm cannot produce. */
  private static final double DEGREE = 3;

  /** Points of an even spread, far more than nodes. */
  private static final int SPREAD_POINTS = 10_000;

  /** Nodes of the distribution are spread as this root: stocks are used up by halves and more. */
  private static final double SPREAD = 2;

  private static final Total OUTPUT = new Total("Y");
  private static final Total ORDERS = new Total("orders");
  private static final Total USED = new Total("M");
  private static final Total KEPT = new Total("kept");
  private static final Total ORDER_HOURS = new Total("hours of orders");

  private final InventoriesCalibration calibration;
  private final Technology technology;
  private final MarkovChain aggregate;
  private final Exogenous productivity;
  private final State stock;
  private final Control next;
  private final Moment capital;
  private final Moment meanStock;
  private final Price p;
  private final Price q;
  private final Branch use;
  private final Branch order;

  /** The economy with these parameters. */
  public Inventories(InventoriesCalibration calibration) {
    this.calibration = calibration;
    technology = new Technology(calibration);
    aggregate = technology.aggregate();
    productivity = technology.productivity();
    p = technology.p();
    q = technology.q();
    Grid nodes = State.root("s", calibration.stockMax(), calibration.stockNodes(), SPREAD).grid();
    stock = new State("s", nodes, new Scale.Root(DEGREE));
    next = stock.next();
    capital = technology.capital(investment());
    meanStock = Moment.mean("S", stock, calibration.meanStockMin(), calibration.meanStockMax());
    use = Branch.of("use", next.atMost(stock));
    order = Branch.of("order", next.free());
  }

  /** The parameters. */
  public InventoriesCalibration calibration() {
    return calibration;
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
    return aggregate;
  }

  /** Firms differ in their stocks alone. */
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
    return List.of(stock);
  }

  @Override
  public List<Moment> moments() {
    return List.of(capital, meanStock);
  }

  @Override
  public List<Price> prices() {
    return List.of(p, q);
  }

  @Override
  public List<Branch> branches() {
    return List.of(use, order);
  }

  /** An order costs hours, uniform on [0, xibar], at eta each. */
  @Override
  public UniformCost choice() {
    return new UniformCost(
        order, Expression.constant(calibration.disutility() * calibration.maxOrderCost()));
  }

  /** m: what a firm uses; after an order as much as makes u'(m) = p q. */
  private Expression used(Branch branch) {
    if (branch.equals(use)) {
      return stock.minus(next);
    }
    return technology.bestUse();
  }

  private Expression ordered() {
    return used(order).plus(next).minus(stock);
  }

  @Override
  public Term payoff(Branch branch) {
    Expression after =
        technology.worth(used(branch)).minus(p.times(next).times(calibration.storageCost()));
    return branch.equals(use) ? after : after.minus(p.times(q).times(ordered()));
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return Map.of(stock, next);
  }

  /** Final goods, and hours of those who order. */
  @Override
  public Map<Total, Term> contributions(Branch branch) {
    Map<Total, Term> terms = new LinkedHashMap<>();
    terms.put(OUTPUT, technology.output(used(branch)));
    terms.put(USED, used(branch));
    terms.put(KEPT, next);
    if (branch.equals(order)) {
      terms.put(ORDERS, ordered());
      terms.put(ORDER_HOURS, choice().paid().times(1 / calibration.disutility()));
    }
    return terms;
  }

  /** What is neither consumed nor spent on storage. */
  private Expression investment() {
    return OUTPUT.minus(KEPT.times(calibration.storageCost())).minus(technology.consumption());
  }

  @Override
  public List<Expectation> expectations() {
    return List.of(technology.capitalWorth());
  }

  /** Owners' Euler equation, and the market for intermediate goods, both relative. */
  @Override
  public Map<Price, Term> residuals() {
    Map<Price, Term> residuals = new LinkedHashMap<>();
    residuals.put(p, technology.euler());
    residuals.put(q, ORDERS.over(technology.made()).minus(1));
    return residuals;
  }

  @Override
  public Map<String, Term> aggregates() {
    Expression consumption = technology.consumption();
    Expression sales = consumption.plus(investment());
    Expression inventoryInvestment = q.times(ORDERS.minus(USED));
    Map<String, Term> series = new LinkedHashMap<>();
    series.put("Y", OUTPUT);
    series.put("I", investment());
    series.put("C", consumption);
    series.put("N", technology.hours(OUTPUT).plus(ORDER_HOURS));
    series.put("w", technology.wage());
    series.put("GDP", sales.plus(inventoryInvestment));
    series.put("final sales", sales);
    series.put(
        "inventory investment / GDP", inventoryInvestment.over(sales.plus(inventoryInvestment)));
    series.put("stock / final sales", KEPT.over(sales));
    series.put("ordered", ORDERS);
    series.put("M", USED);
    series.put("X", technology.made());
    return series;
  }

  @Override
  public List<String> cyclical() {
    return List.of(GDP, "final sales", "ordered", "M", "X", "stock / final sales");
  }

  @Override
  public String label(String variable) {
    return Technology.label(variable).orElse(DeclaredEconomy.super.label(variable));
  }

  /** Stocks evenly spread from zero to twice their mean. */
  @Override
  public Initial initial() {
    double[] mass = new double[stock.grid().size()];
    double top = 2 * calibration.startStock();
    for (int i = 0; i < SPREAD_POINTS; i++) {
      double s = top * (i + .5) / SPREAD_POINTS;
      int cell = stock.grid().cell(s);
      double above = stock.grid().weight(cell, s);
      mass[cell] += (1 - above) / SPREAD_POINTS;
      mass[cell + 1] += above / SPREAD_POINTS;
    }
    return new Initial(
        aggregate.size() / 2,
        Vector.of(calibration.startCapital(), calibration.startStock()),
        Vector.of(mass));
  }
}
