package org.nnks.khanthomas;

import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Aggregates;
import org.nnks.core.model.Decisions;
import org.nnks.core.model.Economy;
import org.nnks.core.model.FixedCost;
import org.nnks.core.model.Histogram;
import org.nnks.core.model.Market;
import org.nnks.core.numeric.Grid;

/**
 * The economy of Khan and Thomas (2008) as Terry (2017) and Yokomoto (2026, section 2) solve it:
 * firms with output z A k^alpha n^nu pay a random fixed cost, in hours, to invest; a household with
 * utility log C + phi (1 - N) owns them. Hence p = 1/C and w = phi/p.
 *
 * <p>Labour is chosen statically. With e = 1/(1-nu) the first-order condition nu y = w n gives
 *
 * <pre>
 *   y(z,k) = (nu/w)^(nu e) (A z)^e k^(alpha e),   n = nu y / w,   profit = (1 - nu) y
 * </pre>
 */
public final class KhanThomas implements Economy {

  /** The name on the command line. */
  public static final String NAME = "khan-thomas";

  private final KhanThomasCalibration calibration;
  private final MarkovChain aggregate;
  private final MarkovChain idiosyncratic;
  private final Grid capital;
  private final Grid meanCapital;
  private final FixedCost fixedCost;
  private final double labourExponent;
  private final double[][] outputAtUnitWageTerm;

  /** The economy with these parameters. */
  public KhanThomas(KhanThomasCalibration calibration) {
    this.calibration = calibration;
    aggregate =
        MarkovChain.tauchen(
            calibration.aggregatePersistence(),
            calibration.aggregateSd(),
            calibration.aggregateStates(),
            calibration.chainWidth());
    idiosyncratic =
        MarkovChain.tauchen(
            calibration.idiosyncraticPersistence(),
            calibration.idiosyncraticSd(),
            calibration.idiosyncraticStates(),
            calibration.chainWidth());
    capital =
        Grid.logarithmic(
            calibration.capitalMin(), calibration.capitalMax(), calibration.capitalNodes());
    meanCapital = Grid.linear(calibration.meanCapitalMin(), calibration.meanCapitalMax(), 2);
    fixedCost = new FixedCost(calibration.maxFixedCost(), calibration.disutility());
    labourExponent = calibration.labourShare() / (1 - calibration.labourShare());
    outputAtUnitWageTerm = new double[aggregate.size()][idiosyncratic.size() * capital.size()];
    for (int a = 0; a < aggregate.size(); a++) {
      for (int cell = 0; cell < outputAtUnitWageTerm[a].length; cell++) {
        outputAtUnitWageTerm[a][cell] =
            productive(
                idiosyncratic.level(cell / capital.size()),
                capital.get(cell % capital.size()),
                aggregate.level(a));
      }
    }
  }

  /** The parameters. */
  public KhanThomasCalibration calibration() {
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
  public MarkovChain aggregate() {
    return aggregate;
  }

  @Override
  public MarkovChain idiosyncratic() {
    return idiosyncratic;
  }

  @Override
  public Grid capital() {
    return capital;
  }

  @Override
  public Grid meanCapital() {
    return meanCapital;
  }

  @Override
  public FixedCost fixedCost() {
    return fixedCost;
  }

  @Override
  public PriceBracket priceBracket() {
    return new PriceBracket(calibration.priceMin(), calibration.priceMax());
  }

  @Override
  public Start start() {
    return new Start(aggregate.size() / 2, calibration.startMeanCapital());
  }

  @Override
  public double undepreciated(double capital) {
    return (1 - calibration.depreciation()) * capital;
  }

  @Override
  public double profit(double idiosyncratic, double capital, double aggregate, double price) {
    return price
        * (1 - calibration.labourShare())
        * wageTerm(price)
        * productive(idiosyncratic, capital, aggregate);
  }

  /** (A z)^e k^(alpha e): output up to the wage term. */
  private double productive(double idiosyncratic, double capital, double aggregate) {
    double e = 1 / (1 - calibration.labourShare());
    return Math.pow(aggregate * idiosyncratic, e)
        * Math.pow(capital, calibration.capitalShare() * e);
  }

  /** (nu/w)^(nu e) at w = phi/p. */
  private double wageTerm(double price) {
    return Math.pow(calibration.labourShare() * price / calibration.disutility(), labourExponent);
  }

  /** w = phi/p, Yokomoto (2026) equation (25). */
  private double wage(double price) {
    return calibration.disutility() / price;
  }

  @Override
  public Market market(int aggregateState, Histogram firms) {
    double productive = 0;
    double undepreciated = 0;
    double[] output = outputAtUnitWageTerm[aggregateState];
    for (int cell = 0; cell < output.length; cell++) {
      productive += firms.mass(cell) * output[cell];
      undepreciated += firms.mass(cell) * undepreciated(capital.get(cell % capital.size()));
    }
    return new GoodsMarket(firms, productive, undepreciated);
  }

  /** The goods market of one period; output before wages are known and (1-delta)K are given. */
  private final class GoodsMarket implements Market {

    private final Histogram firms;
    private final double productive;
    private final double undepreciated;

    private GoodsMarket(Histogram firms, double productive, double undepreciated) {
      this.firms = firms;
      this.productive = productive;
      this.undepreciated = undepreciated;
    }

    /** Yokomoto (2026) equations (20) to (23); hours include those spent on adjustment. */
    @Override
    public Aggregates at(double price, Decisions decisions) {
      double output = wageTerm(price) * productive;
      double hours = calibration.labourShare() * output / wage(price);
      double investment = 0;
      int nodes = capital.size();
      for (int z = 0; z < idiosyncratic.size(); z++) {
        double target = decisions.target(z);
        for (int i = 0; i < nodes; i++) {
          int cell = z * nodes + i;
          double mass = firms.mass(cell);
          investment += mass * decisions.adjusting(cell) * (target - undepreciated(capital.get(i)));
          hours += mass * decisions.adjustmentHours(cell);
        }
      }
      return new Aggregates(output, investment, hours, wage(price), undepreciated + investment);
    }
  }
}
