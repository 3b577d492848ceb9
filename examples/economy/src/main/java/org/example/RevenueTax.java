package org.example;

import org.nnks.core.lumpy.Decisions;
import org.nnks.core.lumpy.FixedCost;
import org.nnks.core.lumpy.Histogram;
import org.nnks.core.lumpy.LumpyInvestment;
import org.nnks.core.lumpy.Market;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Grid;

/**
 * Does a tax on revenue, given back to households, make investment lumpier? Firms produce A z
 * k^alpha with capital alone, pay the share tau of it, and need workers only to adjust their
 * capital. Households have utility log C - phi N, so that p = 1/C and p w = phi.
 *
 * @param calibration its parameters
 */
public record RevenueTax(Calibration calibration) implements LumpyInvestment {

  private static final int STATES = 3;
  private static final int CAPITAL_NODES = 40;

  /**
   * Parameters; one period is one year. The numbers are for illustration.
   *
   * @param tax tau, share of revenue; .10
   * @param capitalShare alpha; .3
   * @param discountFactor beta; .95
   * @param depreciation delta; .1
   * @param disutility phi, disutility of labour; 2
   * @param maxFixedCost xibar, upper bound of the fixed cost, in hours; .02
   * @param persistence rho of log A and log z; .8
   * @param aggregateSd sigma_A, innovation of log A; .015
   * @param idiosyncraticSd sigma_z, innovation of log z; .05
   */
  public record Calibration(
      double tax,
      double capitalShare,
      double discountFactor,
      double depreciation,
      double disutility,
      double maxFixedCost,
      double persistence,
      double aggregateSd,
      double idiosyncraticSd) {

    /** Checks the domain of what is new; the rest is checked where it is used. */
    public Calibration {
      if (!(tax >= 0 && tax < 1)) {
        throw new IllegalArgumentException("tax must be in [0, 1) but is " + tax);
      }
    }

    /** This calibration with another tax. */
    public static Calibration withTax(double tax) {
      return new Calibration(tax, .3, .95, .1, 2, .02, .8, .015, .05);
    }
  }

  @Override
  public String name() {
    return "revenue-tax";
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  @Override
  public MarkovChain aggregate() {
    return MarkovChain.rouwenhorst(calibration.persistence(), calibration.aggregateSd(), STATES);
  }

  @Override
  public MarkovChain idiosyncratic() {
    return MarkovChain.rouwenhorst(
        calibration.persistence(), calibration.idiosyncraticSd(), STATES);
  }

  @Override
  public Grid capital() {
    return Grid.logarithmic(0.3, 10, CAPITAL_NODES);
  }

  @Override
  public Grid meanCapital() {
    return Grid.linear(1.2, 4, 2);
  }

  @Override
  public Start start() {
    return new Start(STATES / 2, 2.3);
  }

  @Override
  public double undepreciated(double capital) {
    return (1 - calibration.depreciation()) * capital;
  }

  @Override
  public double profit(double idiosyncratic, double capital, double aggregate, double price) {
    return price * (1 - calibration.tax()) * output(idiosyncratic, capital, aggregate);
  }

  private double output(double idiosyncratic, double capital, double aggregate) {
    return aggregate * idiosyncratic * Math.pow(capital, calibration.capitalShare());
  }

  @Override
  public FixedCost fixedCost() {
    return new FixedCost(calibration.maxFixedCost(), calibration.disutility());
  }

  @Override
  public PriceBracket priceBracket() {
    return new PriceBracket(0.4, 2.5);
  }

  @Override
  public Market market(int aggregateState, Histogram firms) {
    return (price, decisions) -> aggregates(aggregateState, firms, price, decisions);
  }

  private Aggregates aggregates(int state, Histogram firms, double price, Decisions decisions) {
    Grid capital = capital();
    double output = 0;
    double investment = 0;
    double hours = 0;
    double left = 0;
    for (int cell = 0; cell < firms.size(); cell++) {
      int z = cell / capital.size();
      double k = capital.get(cell % capital.size());
      double mass = firms.mass(cell);
      output += mass * output(idiosyncratic().level(z), k, aggregate().level(state));
      investment += mass * decisions.adjusting(cell) * (decisions.target(z) - undepreciated(k));
      hours += mass * decisions.adjustmentHours(cell);
      left += mass * undepreciated(k);
    }
    double wage = calibration.disutility() / price;
    return new Aggregates(output, investment, output - investment, hours, wage, left + investment);
  }
}
