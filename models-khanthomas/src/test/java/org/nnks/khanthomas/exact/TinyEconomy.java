package org.nnks.khanthomas.exact;

import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * The smallest lumpy economy: two states of A, two of z, output A z k^alpha without labour, and
 * utility log C - phi N, where N are the hours spent on adjustment. Hence p = 1/C and p w = phi.
 *
 * @param calibration its parameters
 */
public record TinyEconomy(Calibration calibration) implements LumpyInvestment {

  /**
   * Parameters; one period is one year.
   *
   * @param capitalShare alpha
   * @param discountFactor beta
   * @param depreciation delta
   * @param disutility phi
   * @param maxFixedCost xibar, in hours
   * @param aggregateSpread A is 1 less and 1 plus this
   * @param idiosyncraticSpread z is 1 less and 1 plus this
   * @param stay probability that a state stays, for A and for z
   * @param capitalMin lowest k
   * @param capitalMax highest k
   * @param capitalNodes nodes of the histogram
   * @param meanCapitalMin lowest K
   * @param meanCapitalMax highest K
   * @param priceMin lowest price
   * @param priceMax highest price
   * @param startMeanCapital K of the first period
   */
  public record Calibration(
      double capitalShare,
      double discountFactor,
      double depreciation,
      double disutility,
      double maxFixedCost,
      double aggregateSpread,
      double idiosyncraticSpread,
      double stay,
      double capitalMin,
      double capitalMax,
      int capitalNodes,
      double meanCapitalMin,
      double meanCapitalMax,
      double priceMin,
      double priceMax,
      double startMeanCapital) {

    /** Numbers that make about a quarter of the firms adjust in a year. */
    public static Calibration standard() {
      return new Calibration(.3, .95, .1, 2, .02, .03, .1, .8, .3, 10, 40, 1.8, 3.8, .4, 2.5, 2.6);
    }
  }

  /** The economy with {@link Calibration#standard()}. */
  public static TinyEconomy standard() {
    return new TinyEconomy(Calibration.standard());
  }

  private MarkovChain chain(double spread) {
    double stay = calibration.stay();
    return new MarkovChain(
        Vector.of(1 - spread, 1 + spread), Matrix.of(2, 2, stay, 1 - stay, 1 - stay, stay));
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  @Override
  public MarkovChain aggregate() {
    return chain(calibration.aggregateSpread());
  }

  @Override
  public MarkovChain idiosyncratic() {
    return chain(calibration.idiosyncraticSpread());
  }

  @Override
  public Grid capital() {
    return Grid.logarithmic(
        calibration.capitalMin(), calibration.capitalMax(), calibration.capitalNodes());
  }

  @Override
  public Grid meanCapital() {
    return Grid.linear(calibration.meanCapitalMin(), calibration.meanCapitalMax(), 2);
  }

  @Override
  public double undepreciated(double capital) {
    return (1 - calibration.depreciation()) * capital;
  }

  @Override
  public double profit(double idiosyncratic, double capital, double aggregate, double price) {
    return price * aggregate * idiosyncratic * Math.pow(capital, calibration.capitalShare());
  }

  @Override
  public FixedCost fixedCost() {
    return new FixedCost(calibration.maxFixedCost(), calibration.disutility());
  }

  @Override
  public PriceBracket priceBracket() {
    return new PriceBracket(calibration.priceMin(), calibration.priceMax());
  }

  @Override
  public Start start() {
    return new Start(0, calibration.startMeanCapital());
  }

  @Override
  public Market market(int aggregateState, Histogram firms) {
    return (price, decisions) -> aggregates(aggregateState, firms, price, decisions);
  }

  private Aggregates aggregates(
      int aggregateState, Histogram firms, double price, Decisions decisions) {
    Grid capital = capital();
    double output = 0;
    double investment = 0;
    double hours = 0;
    double left = 0;
    for (int cell = 0; cell < firms.size(); cell++) {
      int z = cell / capital.size();
      double k = capital.get(cell % capital.size());
      double mass = firms.mass(cell);
      output += mass * profit(idiosyncratic().level(z), k, aggregate().level(aggregateState), 1);
      investment += mass * decisions.adjusting(cell) * (decisions.target(z) - undepreciated(k));
      hours += mass * decisions.adjustmentHours(cell);
      left += mass * undepreciated(k);
    }
    double wage = calibration.disutility() / price;
    return new Aggregates(output, investment, output - investment, hours, wage, left + investment);
  }
}
