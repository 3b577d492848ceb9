package org.nnks.capitals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice.TasteShocks;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Expectation;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * What {@link Capitals} comes to if all its kinds but the first cost nothing to adjust and are
 * alike: one state. Firms with the same k then hold the same of the others, as much as they would
 * rent once A is known. With theta_1 = a_1 / (1 - nu), theta_2 the same for the others together,
 * and eta = theta_1 / (1 - theta_2),
 *
 * <pre>
 *   k_2 of a firm   = R k^eta / M,   M the mean of k^eta, R the stock of the others
 *   y               = b A^(1/(1-nu)) (R/M)^theta_2 k^eta,   of which the firm keeps (1 - nu)(1 - theta_2)
 *   p               = beta E p' [1 - delta_2 + theta_2 (1 - nu) Y'/R']
 * </pre>
 *
 * <p>The price clears that Euler equation, and R' is what is neither consumed nor invested in k. If
 * the others are m like kinds, each with the exponent a, their product is (R/m)^(m a).
 */
final class RentedKind implements DeclaredEconomy {

  /** As many as an economy of one kind has. */
  static final int NODES = 100;

  private static final double AROUND = 1.4;

  /** Beyond it the others would be eaten up within a year. */
  private static final double PRICE_AROUND = 1.15;

  /** Slopes of the first rules: p must fall in both stocks, or its Euler equation stands alone. */
  private static final double[][] SLOPES = {{.8, 0}, {0, .8}, {-.2, -.2}};

  private static final Total OUTPUT = new Total("Y");
  private static final Total INVESTMENT = new Total("I");
  private static final Total HOURS = new Total("N");
  private static final Total CAPITAL = new Total("K1");

  private final CapitalsCalibration calibration;
  private final Kind kind;
  private final Kind other;
  private final int others;
  private final MarkovChain aggregate;
  private final Exogenous productivity;
  private final State k;
  private final Moment effective;
  private final Moment rented;
  private final Price p;
  private final Branch wait = Branch.of("wait");
  private final Branch adjust;
  private final Vector start;

  RentedKind(CapitalsCalibration calibration) {
    this(calibration, NODES);
  }

  RentedKind(CapitalsCalibration calibration, int nodes) {
    this.calibration = calibration;
    kind = calibration.first();
    other = calibration.second();
    others = calibration.kinds() - 1;
    if (calibration.present().stream().skip(1).anyMatch(each -> !each.equals(other))) {
      throw new IllegalArgumentException("all kinds but the first must be alike");
    }
    aggregate =
        MarkovChain.rouwenhorst(
            calibration.persistence(), calibration.aggregateSd(), calibration.aggregateStates());
    productivity = Exogenous.aggregate("A", aggregate.levels());
    Frictionless around = new Frictionless(calibration);
    double capital = around.capital(0);
    k = State.logarithmic("k", .25 * capital, 2 * capital, nodes);
    adjust = Branch.of("adjust", k.next().free());
    start = Vector.of(Math.pow(capital, eta()), others * around.capital(1));
    effective = Moment.mean("M", k.pow(eta()), start.get(0) / AROUND, start.get(0) * AROUND);
    p =
        new Price(
            "p",
            around.price() / PRICE_AROUND,
            around.price() * PRICE_AROUND,
            "the market for the rest");
    rented =
        Moment.evolving(
            "R",
            Expression.symbol("R")
                .times(1 - other.depreciation())
                .plus(OUTPUT)
                .minus(INVESTMENT)
                .minus(Expression.constant(1).over(p)),
            start.get(1) / AROUND,
            start.get(1) * AROUND);
  }

  private double rest() {
    return 1 - calibration.labourShare();
  }

  /** theta_2. */
  private double exponent() {
    return others * other.share() / rest();
  }

  double eta() {
    return kind.share() / rest() / (1 - exponent());
  }

  /** Output of a firm with k^eta = 1. */
  private Expression unit(Term a, Term price, Term stock, Term spread) {
    return a.pow(1 / rest())
        .times(
            price
                .times(calibration.labourShare() / calibration.disutility())
                .pow(calibration.labourShare() / rest()))
        .times(stock.times(1.0 / others).over(spread).pow(exponent()));
  }

  private Expression output() {
    return unit(productivity, p, rented, effective).times(k.pow(eta()));
  }

  private Expression kept() {
    return k.times(1 - kind.depreciation());
  }

  private Expression later(Branch branch) {
    return branch.equals(wait) ? kept().max(k.grid().lower()) : k.next().expression();
  }

  @Override
  public Term payoff(Branch branch) {
    double cost = branch.equals(wait) ? 0 : kind.fixedCost();
    return p.times(output())
        .times(rest() * (1 - exponent()))
        .minus(p.times(later(branch).minus(kept())))
        .minus(calibration.disutility() * cost);
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return Map.of(k, later(branch));
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    double cost = branch.equals(wait) ? 0 : kind.fixedCost();
    return Map.of(
        OUTPUT,
        output(),
        INVESTMENT,
        later(branch).minus(kept()),
        HOURS,
        p.times(output()).times(calibration.labourShare() / calibration.disutility()).plus(cost),
        CAPITAL,
        k);
  }

  @Override
  public List<Expectation> expectations() {
    Expression output =
        unit(productivity.next(), p.next(), rented.next(), effective.next())
            .times(effective.next());
    Expression rent = output.times(rest() * exponent()).over(rented.next());
    return List.of(new Expectation("worth", p.next().times(rent.plus(1 - other.depreciation()))));
  }

  @Override
  public Map<Price, Term> residuals() {
    Expression worth = Expression.symbol("worth");
    return Map.of(p, worth.times(calibration.discountFactor()).over(p).minus(1));
  }

  @Override
  public Map<String, Term> aggregates() {
    Map<String, Term> series = new LinkedHashMap<>();
    Expression consumption = Expression.constant(1).over(p);
    series.put("Y", OUTPUT);
    series.put("C", consumption);
    series.put("I", OUTPUT.minus(consumption));
    series.put("N", HOURS);
    series.put("w", Expression.constant(calibration.disutility()).over(p));
    series.put("K1", CAPITAL);
    return series;
  }

  @Override
  public String name() {
    return "rented-kind";
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  @Override
  public MarkovChain aggregate() {
    return aggregate;
  }

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
    return List.of(k);
  }

  @Override
  public List<Moment> moments() {
    return List.of(effective, rented);
  }

  @Override
  public List<Price> prices() {
    return List.of(p);
  }

  @Override
  public List<Branch> branches() {
    return List.of(wait, adjust);
  }

  @Override
  public TasteShocks choice() {
    return new TasteShocks(calibration.tasteScale());
  }

  @Override
  public Optional<ForecastRules> coldStart() {
    int states = aggregate.size();
    double[] coefficients = new double[9 * states];
    for (int a = 0; a < states; a++) {
      StationaryEquilibrium still = StationaryEquilibrium.of(this, a);
      double[] m = still.moments();
      double[] level = {m[0], m[1], still.prices()[0]};
      for (int y = 0; y < 3; y++) {
        double at = Math.log(level[y]);
        for (int j = 0; j < 2; j++) {
          coefficients[(3 * y + 1 + j) * states + a] = SLOPES[y][j];
          at -= SLOPES[y][j] * Math.log(m[j]);
        }
        coefficients[3 * y * states + a] = at;
      }
    }
    return Optional.of(ForecastRules.ofCoefficients(2, 1, coefficients));
  }

  @Override
  public Initial initial() {
    double[] mass = new double[k.grid().size()];
    double level = Math.pow(start.get(0), 1 / eta());
    int cell = k.grid().cell(level);
    double above = k.grid().weight(cell, level);
    mass[cell] = 1 - above;
    mass[cell + 1] = above;
    return new Initial(aggregate.size() / 2, start, Vector.of(mass));
  }
}
