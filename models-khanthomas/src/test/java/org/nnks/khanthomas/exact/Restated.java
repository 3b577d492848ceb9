package org.nnks.khanthomas.exact;

import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Grid;

/**
 * The tiny economy in other units, for tests of tolerances; and with a government that buys goods,
 * for tests of markets that are not 1/p = C.
 *
 * @param base the economy whose numbers they are
 * @param goods what one unit of goods of the base counts as here
 * @param utils what one unit of utility of the base counts as here, so that p = utils / C
 * @param purchases of the government, in the base's goods; from output, used for nothing
 */
record Restated(TinyEconomy base, double goods, double utils, double purchases)
    implements LumpyInvestment {

  @Override
  public String name() {
    return "restated";
  }

  @Override
  public double discountFactor() {
    return base.discountFactor();
  }

  @Override
  public MarkovChain aggregate() {
    return base.aggregate();
  }

  @Override
  public MarkovChain idiosyncratic() {
    return base.idiosyncratic();
  }

  @Override
  public Grid capital() {
    Grid k = base.capital();
    return Grid.logarithmic(goods * k.lower(), goods * k.upper(), k.size());
  }

  @Override
  public Grid meanCapital() {
    Grid k = base.meanCapital();
    return Grid.linear(goods * k.lower(), goods * k.upper(), k.size());
  }

  @Override
  public double undepreciated(double capital) {
    return goods * base.undepreciated(capital / goods);
  }

  @Override
  public double profit(double idiosyncratic, double capital, double aggregate, double price) {
    return utils * base.profit(idiosyncratic, capital / goods, aggregate, price * goods / utils);
  }

  @Override
  public FixedCost fixedCost() {
    return new FixedCost(base.fixedCost().maximum(), utils * base.fixedCost().hoursPrice());
  }

  @Override
  public PriceBracket priceBracket() {
    PriceBracket bracket = base.priceBracket();
    return new PriceBracket(bracket.lower() * utils / goods, bracket.upper() * utils / goods);
  }

  @Override
  public Start start() {
    Start start = base.start();
    return new Start(start.aggregateState(), goods * start.meanCapital());
  }

  @Override
  public Market market(int aggregateState, Histogram firms) {
    Market market = base.market(aggregateState, firms);
    return new Market() {
      @Override
      public Aggregates at(double price, Decisions decisions) {
        Decisions restated = new Decisions(idiosyncratic().size(), capital().size());
        for (int z = 0; z < idiosyncratic().size(); z++) {
          restated.setTarget(z, decisions.target(z) / goods);
        }
        for (int cell = 0; cell < firms.size(); cell++) {
          restated.set(
              cell,
              decisions.adjusting(cell),
              decisions.adjustmentHours(cell),
              decisions.kept(cell) / goods);
        }
        Aggregates at = market.at(price * goods / utils, restated);
        return new Aggregates(
            goods * at.output(),
            goods * at.investment(),
            goods * (at.consumption() - purchases),
            at.hours(),
            goods * at.wage(),
            goods * at.nextCapital());
      }

      @Override
      public double excessDemand(double price, Aggregates aggregates) {
        return utils / price - aggregates.consumption();
      }
    };
  }
}
