package org.nnks.inventories;

import static org.nnks.core.io.Records.require;

/**
 * Parameters of the economy of Khan and Thomas (2007). One period is a quarter; stocks are in units
 * of intermediate goods, capital and output in final goods, labour in the household's unit
 * endowment of time. Values of the paper are quoted from secondary sources: its own tables were not
 * at hand.
 *
 * @param discountFactor beta, per quarter; .984, Khan and Thomas (2007)
 * @param disutility eta, disutility of labour, so that p w = eta; 2.128, Khan and Thomas (2007)
 * @param capitalShare alpha, exponent of capital in intermediate goods; .3739, Khan and Thomas
 *     (2007)
 * @param materialShare theta_m, exponent of intermediate goods in final ones; .4991, Khan and
 *     Thomas (2007)
 * @param labourShare theta_n, exponent of labour in final goods; .3275, Khan and Thomas (2007)
 * @param depreciation delta, per quarter; .0173, Khan and Thomas (2007)
 * @param storageCost sigma, final goods that a unit left at the end of a quarter costs; .012, Khan
 *     and Thomas (2007)
 * @param maxOrderCost xibar, upper bound of the fixed cost of an order, in hours; .2198, Khan and
 *     Thomas (2007)
 * @param persistence of log z, productivity of intermediate goods, per quarter; .956, Khan and
 *     Thomas (2007)
 * @param aggregateSd standard deviation of its innovation; .015, Khan and Thomas (2007)
 * @param aggregateStates points of Rouwenhorst's chain; 5, the reference solution's
 * @param meanProductivity exp of the mean of log z; 1.0032, the mean level of Khan and Thomas's
 *     chain as the reference solution has it
 * @param stockMax highest stock at the start of a quarter; 1.9: the path's highest is 1.4
 * @param stockNodes nodes of the distribution of stocks, closer near zero; 200, with which prices
 *     are within .001 % of those of cohorts
 * @param capitalMin lowest K of the firms' problem; 1.3, from which the path stays a fifth away
 * @param capitalMax highest K of the firms' problem; 2.5
 * @param meanStockMin lowest mean stock S of the firms' problem; .42: the path's lowest is .50
 * @param meanStockMax highest mean stock S of the firms' problem; .82: the path's highest is .69
 * @param priceMin lowest p = 1/C looked for; 2.4: the path stays between 3.0 and 3.5
 * @param priceMax highest p looked for; 4.4
 * @param orderPriceMin lowest q, the price of intermediate goods, looked for; .3: the path stays
 *     between .39 and .45
 * @param orderPriceMax highest q looked for; .56
 * @param startCapital K in the first quarter; 1.8036, that of the economy without aggregate risk
 * @param startStock mean stock S in the first quarter; .587, that of the economy without aggregate
 *     risk
 */
public record InventoriesCalibration(
    double discountFactor,
    double disutility,
    double capitalShare,
    double materialShare,
    double labourShare,
    double depreciation,
    double storageCost,
    double maxOrderCost,
    double persistence,
    double aggregateSd,
    int aggregateStates,
    double meanProductivity,
    double stockMax,
    int stockNodes,
    double capitalMin,
    double capitalMax,
    double meanStockMin,
    double meanStockMax,
    double priceMin,
    double priceMax,
    double orderPriceMin,
    double orderPriceMax,
    double startCapital,
    double startStock) {

  /** Checks every domain. */
  public InventoriesCalibration {
    requireShare("discountFactor", discountFactor);
    requirePositive("disutility", disutility);
    requireShare("capitalShare", capitalShare);
    requireShare("materialShare", materialShare);
    requireShare("labourShare", labourShare);
    require(
        materialShare + labourShare < 1,
        "labourShare",
        "such that materialShare + labourShare < 1",
        labourShare);
    requireShare("depreciation", depreciation);
    requirePositive("storageCost", storageCost);
    requirePositive("maxOrderCost", maxOrderCost);
    require(persistence > -1 && persistence < 1, "persistence", "in (-1, 1)", persistence);
    requirePositive("aggregateSd", aggregateSd);
    require(aggregateStates >= 2, "aggregateStates", "at least 2", aggregateStates);
    requirePositive("meanProductivity", meanProductivity);
    requirePositive("stockMax", stockMax);
    require(stockNodes >= 10, "stockNodes", "at least 10", stockNodes);
    requirePositive("capitalMin", capitalMin);
    require(capitalMax > capitalMin, "capitalMax", "above capitalMin", capitalMax);
    requirePositive("meanStockMin", meanStockMin);
    require(meanStockMax > meanStockMin, "meanStockMax", "above meanStockMin", meanStockMax);
    require(
        2 * meanStockMax <= stockMax,
        "meanStockMax",
        "at most half of stockMax, for stocks start evenly spread up to twice their mean",
        meanStockMax);
    requirePositive("priceMin", priceMin);
    require(priceMax > priceMin, "priceMax", "above priceMin", priceMax);
    requirePositive("orderPriceMin", orderPriceMin);
    require(orderPriceMax > orderPriceMin, "orderPriceMax", "above orderPriceMin", orderPriceMax);
    require(
        startCapital >= capitalMin && startCapital <= capitalMax,
        "startCapital",
        "between capitalMin and capitalMax",
        startCapital);
    require(
        startStock >= meanStockMin && startStock <= meanStockMax,
        "startStock",
        "between meanStockMin and meanStockMax",
        startStock);
  }

  /** The calibration of Khan and Thomas (2007). */
  public static InventoriesCalibration khanThomas2007() {
    return new InventoriesCalibration(
        .984, 2.128, .3739, .4991, .3275, .0173, .012, .2198, .956, .015, 5, 1.0032, 1.9, 200, 1.3,
        2.5, .42, .82, 2.4, 4.4, .3, .56, 1.8036, .587);
  }

  private static void requireShare(String name, double value) {
    require(value > 0 && value < 1, name, "in (0, 1)", value);
  }

  private static void requirePositive(String name, double value) {
    require(value > 0 && Double.isFinite(value), name, "positive and finite", value);
  }
}
