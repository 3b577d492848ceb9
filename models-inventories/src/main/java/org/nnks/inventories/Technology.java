package org.nnks.inventories;

import java.util.Map;
import java.util.Optional;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Expectation;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * What the economies with and without inventories have in common: two goods, two prices, K. The
 * equations are those of Khan and Thomas (2007) as {@link Inventories} states them.
 */
final class Technology {

  private static final String CAPITAL = "K";

  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("z", "productivity z"),
          Map.entry("Y", "final goods Y"),
          Map.entry("p", "price p = 1/C"),
          Map.entry("q", "price of intermediate goods q"),
          Map.entry("K", "capital K"),
          Map.entry("S", "mean stock S"),
          Map.entry("s", "stock s"),
          Map.entry("ordered", "orders"),
          Map.entry("M", "intermediate goods used M"),
          Map.entry("X", "intermediate goods made X"),
          Map.entry("s*", "target stock s*"));

  private final InventoriesCalibration calibration;
  private final MarkovChain aggregate;
  private final Exogenous z;
  private final Price p;
  private final Price q;
  private final Expression capital = Expression.symbol(CAPITAL);

  Technology(InventoriesCalibration calibration) {
    this.calibration = calibration;
    MarkovChain centred =
        MarkovChain.rouwenhorst(
            calibration.persistence(), calibration.aggregateSd(), calibration.aggregateStates());
    aggregate =
        new MarkovChain(
            centred.levels().map(level -> calibration.meanProductivity() * level),
            centred.transition());
    z = Exogenous.aggregate("z", aggregate.levels());
    p = new Price("p", calibration.priceMin(), calibration.priceMax(), "the market for capital");
    q =
        new Price(
            "q",
            calibration.orderPriceMin(),
            calibration.orderPriceMax(),
            "the market for intermediate goods");
  }

  /** Variables in words, where these economies mean more by them than others do. */
  static Optional<String> label(String variable) {
    return Optional.ofNullable(LABELS.get(variable));
  }

  MarkovChain aggregate() {
    return aggregate;
  }

  Exogenous productivity() {
    return z;
  }

  Price p() {
    return p;
  }

  Price q() {
    return q;
  }

  /** K' = (1 - delta) K + I. */
  Moment capital(Expression investment) {
    return Moment.evolving(
        CAPITAL,
        capital.times(1 - calibration.depreciation()).plus(investment),
        calibration.capitalMin(),
        calibration.capitalMax());
  }

  /** a: exponent of intermediate goods once hours are best. */
  private double curvature() {
    return calibration.materialShare() / (1 - calibration.labourShare());
  }

  /** u(m): what m intermediate goods are worth with the best hours. */
  Expression worth(Term used) {
    double tn = calibration.labourShare();
    return p.pow(1 / (1 - tn))
        .times((1 - tn) * Math.pow(tn / calibration.disutility(), tn / (1 - tn)))
        .times(used.pow(curvature()));
  }

  /** m at which u'(m) = p q. */
  Expression bestUse() {
    return worth(Expression.constant(1))
        .times(curvature())
        .over(p.times(q))
        .pow(1 / (1 - curvature()));
  }

  /** y = u(m) / ((1-tn) p): final goods made of m intermediate ones with the best hours. */
  Expression output(Term used) {
    return worth(used).over(p).times(1 / (1 - calibration.labourShare()));
  }

  /** C. */
  Expression consumption() {
    return Expression.constant(1).over(p);
  }

  /** w, in final goods. */
  Expression wage() {
    return Expression.constant(calibration.disutility()).over(p);
  }

  /** Hours in intermediate goods, and in so many final ones. */
  Expression hours(Term output) {
    return labour()
        .plus(output.times(p).times(calibration.labourShare() / calibration.disutility()));
  }

  /** L/K, at which labour earns its price: ((1-alpha) q z p / eta)^(1/alpha). */
  private Expression labourPerCapital(Term orderPrice, Term productivity, Term price) {
    return orderPrice
        .times(productivity)
        .times(price)
        .times((1 - calibration.capitalShare()) / calibration.disutility())
        .pow(1 / calibration.capitalShare());
  }

  /** L: hours in intermediate goods. */
  private Expression labour() {
    return capital.times(labourPerCapital(q, z, p));
  }

  /** X: intermediate goods made. */
  Expression made() {
    return z.times(capital).times(labourPerCapital(q, z, p).pow(1 - calibration.capitalShare()));
  }

  /** p' (1 - delta + alpha q' z' (L'/K')^(1-alpha)): what a unit of capital is worth tomorrow. */
  Expectation capitalWorth() {
    Expression rent =
        q.next()
            .times(z.next())
            .times(calibration.capitalShare())
            .times(
                labourPerCapital(q.next(), z.next(), p.next()).pow(1 - calibration.capitalShare()));
    return new Expectation(
        "capital worth", p.next().times(rent.plus(1 - calibration.depreciation())));
  }

  /** Owners' Euler equation, relative. */
  Expression euler() {
    return capitalWorth().times(calibration.discountFactor()).over(p).minus(1);
  }
}
