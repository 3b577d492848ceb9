package org.nnks.khanthomas;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.Scale;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;
import org.nnks.khanthomas.exact.InvestmentRates;

/**
 * The economy of Khan and Thomas (2008) as Terry (2017) and Yokomoto (2026, section 2) solve it,
 * declared: firms with output z A k^alpha n^nu pay a random fixed cost, in hours, to invest; a
 * household with utility log C + phi (1 - N) owns them. Hence p = 1/C and p w = phi. Values are in
 * units of marginal utility.
 *
 * <p>With a finite Frisch elasticity 1/kappa the household's disutility is chi
 * N^(1+kappa)/(1+kappa), and W = p w = chi N^kappa is a second price; wherever the published
 * economy has phi, W stands.
 *
 * <p>Its equations are written independently of {@link KhanThomas}, whose exact solvers judge what
 * is solved from here; only the chains are the same objects.
 */
public final class KhanThomasDeclaration implements DeclaredEconomy {

  private static final Total OUTPUT = new Total("Y");
  private static final Total INVESTMENT = new Total("I");
  private static final Total HOURS = new Total("N");
  private static final Total RATE = new Total(InvestmentRates.MEAN);
  private static final Total SQUARED_RATE = new Total("squared investment rate");

  /** The shares of firms in {@link InvestmentRates}. */
  private static final List<Total> SHARES =
      Stream.of(
              InvestmentRates.INACTION_SHARE,
              InvestmentRates.POSITIVE_SPIKE,
              InvestmentRates.NEGATIVE_SPIKE,
              InvestmentRates.POSITIVE,
              InvestmentRates.NEGATIVE)
          .map(Total::new)
          .toList();

  private static final double ROOT = .5;

  private final KhanThomasCalibration calibration;
  private final KhanThomas chains;
  private final Exogenous aggregateProductivity;
  private final Exogenous productivity;
  private final State k;
  private final Control next;
  private final Moment meanCapital;
  private final Price p;
  private final Optional<Price> labour;
  private final Branch wait;
  private final Branch invest;

  /** The economy with these parameters. */
  public KhanThomasDeclaration(KhanThomasCalibration calibration) {
    this.calibration = calibration;
    chains = new KhanThomas(calibration);
    aggregateProductivity = Exogenous.aggregate("A", chains.aggregate().levels());
    productivity = Exogenous.own("z", chains.idiosyncratic().levels());
    k = new State("k", chains.capital(), new Scale.Log());
    next = k.next();
    meanCapital = Moment.mean("K", k, calibration.meanCapitalMin(), calibration.meanCapitalMax());
    p = new Price("p", calibration.priceMin(), calibration.priceMax(), "the goods market");
    labour = calibration.inverseFrisch() == 0 ? Optional.empty() : Optional.of(labourPrice());
    double b = calibration.maintenance();
    wait =
        b == 0
            ? Branch.of("wait")
            : Branch.of("wait", next.between(k.times(kept() - b), k.times(kept() + b)));
    invest = Branch.of("invest", next.free());
  }

  @Override
  public String widening() {
    return "capitalMin or capitalMax";
  }

  @Override
  public String label(String variable) {
    return chains.label(variable);
  }

  @Override
  public String name() {
    return KhanThomas.NAME;
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  @Override
  public MarkovChain aggregate() {
    return chains.aggregate();
  }

  @Override
  public MarkovChain own() {
    return chains.idiosyncratic();
  }

  @Override
  public MarkovChain own(int aggregateState, int nextAggregateState) {
    return chains.idiosyncratic(nextAggregateState);
  }

  @Override
  public List<Exogenous> exogenous() {
    return List.of(aggregateProductivity, productivity);
  }

  @Override
  public List<State> states() {
    return List.of(k);
  }

  @Override
  public List<Moment> moments() {
    return List.of(meanCapital);
  }

  @Override
  public List<Price> prices() {
    return labour.map(W -> List.of(p, W)).orElse(List.of(p));
  }

  @Override
  public List<Branch> branches() {
    return List.of(wait, invest);
  }

  /** The fixed cost is uniform on [0, xibar] hours, worth W each; equations (30), (31). */
  @Override
  public Choice choice() {
    return new Choice.UniformCost(invest, hour().times(calibration.maxFixedCost()));
  }

  /**
   * W, looked for where hours are within {@link KhanThomas#FEWEST_HOURS} and {@link
   * KhanThomas#MOST_HOURS}.
   */
  private Price labourPrice() {
    return new Price(
        "W",
        disutilityOf(KhanThomas.FEWEST_HOURS),
        disutilityOf(KhanThomas.MOST_HOURS),
        "the labour market");
  }

  /** chi N^kappa at these hours, relative to normal ones. */
  private double disutilityOf(double hours) {
    return calibration.disutility() * Math.pow(hours, calibration.inverseFrisch());
  }

  /** W: what an hour is worth, in units of value. */
  private Expression hour() {
    return labour.map(Price::expression).orElse(Expression.constant(calibration.disutility()));
  }

  private double kept() {
    return 1 - calibration.depreciation();
  }

  /** w = W/p, Yokomoto (2026) equation (25). */
  private Expression wage() {
    return hour().over(p);
  }

  /**
   * omega: the wage that firms pay, less a subsidy to large and with a tax on small ones that move
   * with A; Terry (2017) appendix D.1.
   */
  private Expression wagePaid() {
    if (calibration.subsidyElasticity() == 0) {
      return wage();
    }
    Expression tau = aggregateProductivity.pow(calibration.subsidyElasticity()).minus(1);
    Expression small = k.negated().plus(calibration.subsidyThreshold());
    Expression one = Expression.constant(1);
    return wage().times(small.positive(one.plus(tau), one.minus(tau)));
  }

  /**
   * y at the best n: nu y = omega n gives y = (nu/omega)^(nu e) (A z)^e k^(alpha e), e = 1/(1-nu).
   */
  private Expression output() {
    double nu = calibration.labourShare();
    double e = 1 / (1 - nu);
    return aggregateProductivity
        .times(productivity)
        .pow(e)
        .times(k.pow(calibration.capitalShare() * e))
        .times(Expression.constant(nu).over(wagePaid()).pow(nu * e));
  }

  private Expression investment() {
    return next.minus(k.times(kept()));
  }

  /** p (y - omega n - i); those who wait pay for maintenance only. */
  @Override
  public Term payoff(Branch branch) {
    Expression profit = p.times(output().times(1 - calibration.labourShare()));
    return branch.controls().isEmpty() ? profit : profit.minus(p.times(investment()));
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return Map.of(k, branch.controls().isEmpty() ? k.times(kept()) : next);
  }

  /** Yokomoto (2026) equations (20) to (23); hours include those spent on adjustment. */
  @Override
  public Map<Total, Term> contributions(Branch branch) {
    Expression hours = output().times(calibration.labourShare()).over(wagePaid());
    Map<Total, Term> terms = new LinkedHashMap<>();
    terms.put(OUTPUT, output());
    terms.put(
        HOURS,
        branch.equals(invest)
            ? hours.plus(((Choice.UniformCost) choice()).paid().over(hour()))
            : hours);
    if (!branch.controls().isEmpty()) {
      terms.put(INVESTMENT, investment());
    }
    addRates(branch, terms);
    return terms;
  }

  /** What firms add to {@link InvestmentRates}: nobody decides by them. */
  private void addRates(Branch branch, Map<Total, Term> terms) {
    Expression one = Expression.constant(1);
    if (branch.controls().isEmpty()) {
      terms.put(SHARES.get(0), one);
      return;
    }
    Expression none = Expression.constant(0);
    Expression rate = investment().over(k);
    Expression fall = rate.negated();
    terms.put(RATE, rate);
    terms.put(SQUARED_RATE, rate.pow(2));
    if (branch.equals(wait)) {
      terms.put(
          SHARES.get(0),
          Expression.constant(InvestmentRates.INACTION).minus(rate.abs()).positive(one, none));
    }
    terms.put(SHARES.get(1), rate.minus(InvestmentRates.SPIKE).positive(one, none));
    terms.put(SHARES.get(2), fall.minus(InvestmentRates.SPIKE).positive(one, none));
    terms.put(SHARES.get(3), rate.positive(one, none));
    terms.put(SHARES.get(4), fall.positive(one, none));
  }

  /** 1/p - C with C = Y - I, equation (24); W - chi N^kappa where disutility is not linear. */
  @Override
  public Map<Price, Term> residuals() {
    Map<Price, Term> residuals = new LinkedHashMap<>();
    residuals.put(p, Expression.constant(1).over(p).minus(OUTPUT.minus(INVESTMENT)));
    labour.ifPresent(W -> residuals.put(W, W.minus(supplyPrice())));
    return residuals;
  }

  /** chi N^kappa = phi (N/normalHours)^kappa. */
  private Expression supplyPrice() {
    return HOURS
        .times(1 / calibration.normalHours())
        .pow(calibration.inverseFrisch())
        .times(calibration.disutility());
  }

  @Override
  public Map<String, Term> aggregates() {
    Map<String, Term> series = new LinkedHashMap<>();
    series.put("Y", OUTPUT);
    series.put("I", INVESTMENT);
    series.put("C", OUTPUT.minus(INVESTMENT));
    series.put("N", HOURS);
    series.put("w", wage());
    series.put(InvestmentRates.MEAN, RATE);
    series.put(
        InvestmentRates.STANDARD_DEVIATION, SQUARED_RATE.minus(RATE.pow(2)).max(0).pow(ROOT));
    SHARES.forEach(share -> series.put(share.name(), share));
    return series;
  }

  /** Equal mass in every cell, and K as in Terry's (2017) code. */
  @Override
  public Initial initial() {
    double[] even = new double[own().size() * k.grid().size()];
    Arrays.fill(even, 1.0 / even.length);
    return new Initial(
        aggregate().size() / 2, Vector.of(calibration.startMeanCapital()), Vector.of(even));
  }
}
