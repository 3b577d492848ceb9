package org.nnks.khanthomas;

import static org.nnks.core.io.Records.require;

import java.util.Optional;
import org.nnks.core.io.Records;
import org.nnks.core.markov.Discretisation;

/**
 * Parameters of the Khan-Thomas economy. One period is one year; capital and output are in goods,
 * labour in the household's unit endowment of time.
 *
 * @param capitalShare alpha, exponent of capital; .256, Terry (2017) Table 1
 * @param labourShare nu, exponent of labour, alpha + nu below one; .640, Terry (2017) Table 1
 * @param discountFactor beta, per year; .977, Terry (2017) Table 1
 * @param depreciation delta, per year; .069, Terry (2017) Table 1
 * @param disutility phi, disutility of labour, so that p w = phi; 2.4, Terry (2017) Table 1
 * @param maxFixedCost xibar, upper bound of the fixed cost, in hours; .0083, Terry (2017) Table 1
 * @param aggregatePersistence rho_A of log aggregate productivity; .859, Terry (2017) Table 1
 * @param aggregateSd sigma_A, its innovation; .014, Terry (2017) Table 1
 * @param idiosyncraticPersistence rho_z of log idiosyncratic productivity; .859, Terry (2017) Table
 *     1
 * @param idiosyncraticSd sigma_z, its innovation; .022, Terry (2017) Table 1
 * @param aggregateStates points of the Tauchen chain for A; 5, Terry (2017) Table B1
 * @param idiosyncraticStates points of the Tauchen chain for z; 5, Terry (2017) Table B1
 * @param chainWidth half-width of both Tauchen grids in unconditional sds; 2, Terry's code
 * @param capitalMin lowest k of the histogram; .1, Terry (2017) Table B1
 * @param capitalMax highest k of the histogram; 8.0, Terry (2017) Table B1
 * @param capitalNodes nodes of the histogram in k, equally spaced in logs; 50, Terry (2017) Table
 *     B1
 * @param meanCapitalMin lowest K of the firms' problem; 1.25, Terry (2017) Table B1
 * @param meanCapitalMax highest K of the firms' problem; 2.0, Terry (2017) Table B1
 * @param priceMin lowest price looked for; 1.0: C = 1, more than twice the steady state's
 * @param priceMax highest price looked for; 4.0: the bracket of Terry's explicit aggregation
 * @param startMeanCapital K in the first simulated period; 1.55, Terry's code
 * @param volatilityElasticity gamma_s: log s(A) = -gamma_s log A scales the innovation of log z
 *     when the economy moves to A; 0, or 25 to 100 in Terry (2017) appendix D.2
 * @param subsidyElasticity gamma_tau: log(1 + tau(A)) = gamma_tau log A, the rate at which labour
 *     is subsidised in large firms and taxed in small ones; 0, or .10 to .33 in Terry (2017)
 *     appendix D.1
 * @param subsidyThreshold capital from which a firm counts as large; 1.5, Terry (2017) appendix D.1
 * @param maintenance b, share of its capital by which a firm may change it without paying the fixed
 *     cost; 0, or .011 in Terry (2017) appendix B.1
 * @param inverseFrisch kappa: disutility of labour is chi N^(1+kappa)/(1+kappa), so that W = p w =
 *     disutility (N/normalHours)^kappa clears the labour market; 0, the published economy, in which
 *     it is linear and W = disutility
 * @param normalHours hours at which W = disutility whatever kappa is, so that chi =
 *     disutility/normalHours^kappa; .3301197801, those of the stationary economy with A = 1
 * @param discretisation how the chains of A and z are made; absent for Tauchen's method, which all
 *     published numbers rest on. Rouwenhorst's has exactly the persistence and the sd asked for and
 *     takes no chainWidth; it needs a volatilityElasticity of 0, for the sd moves its grid
 */
public record KhanThomasCalibration(
    double capitalShare,
    double labourShare,
    double discountFactor,
    double depreciation,
    double disutility,
    double maxFixedCost,
    double aggregatePersistence,
    double aggregateSd,
    double idiosyncraticPersistence,
    double idiosyncraticSd,
    int aggregateStates,
    int idiosyncraticStates,
    double chainWidth,
    double capitalMin,
    double capitalMax,
    int capitalNodes,
    double meanCapitalMin,
    double meanCapitalMax,
    double priceMin,
    double priceMax,
    double startMeanCapital,
    double volatilityElasticity,
    double subsidyElasticity,
    double subsidyThreshold,
    double maintenance,
    double inverseFrisch,
    double normalHours,
    Optional<Discretisation> discretisation) {

  /** Checks every domain. */
  public KhanThomasCalibration {
    require(capitalShare > 0 && capitalShare < 1, "capitalShare", "in (0, 1)", capitalShare);
    require(
        labourShare > 0 && capitalShare + labourShare < 1,
        "labourShare",
        "above 0 and below 1 - capitalShare",
        labourShare);
    require(
        discountFactor > 0 && discountFactor < 1, "discountFactor", "in (0, 1)", discountFactor);
    require(depreciation > 0 && depreciation < 1, "depreciation", "in (0, 1)", depreciation);
    require(disutility > 0, "disutility", "positive", disutility);
    require(maxFixedCost > 0, "maxFixedCost", "positive", maxFixedCost);
    requirePersistence("aggregatePersistence", aggregatePersistence);
    require(aggregateSd > 0, "aggregateSd", "positive", aggregateSd);
    requirePersistence("idiosyncraticPersistence", idiosyncraticPersistence);
    require(idiosyncraticSd > 0, "idiosyncraticSd", "positive", idiosyncraticSd);
    require(aggregateStates >= 2, "aggregateStates", "at least 2", aggregateStates);
    require(idiosyncraticStates >= 2, "idiosyncraticStates", "at least 2", idiosyncraticStates);
    require(chainWidth > 0, "chainWidth", "positive", chainWidth);
    require(capitalMin > 0, "capitalMin", "positive", capitalMin);
    require(capitalMax > capitalMin, "capitalMax", "above capitalMin", capitalMax);
    require(capitalNodes >= 2, "capitalNodes", "at least 2", capitalNodes);
    require(meanCapitalMin > 0, "meanCapitalMin", "positive", meanCapitalMin);
    require(
        meanCapitalMax > meanCapitalMin, "meanCapitalMax", "above meanCapitalMin", meanCapitalMax);
    require(priceMin > 0, "priceMin", "positive", priceMin);
    require(priceMax > priceMin, "priceMax", "above priceMin", priceMax);
    require(startMeanCapital > 0, "startMeanCapital", "positive", startMeanCapital);
    requireFinite("volatilityElasticity", volatilityElasticity);
    requireFinite("subsidyElasticity", subsidyElasticity);
    require(subsidyThreshold > 0, "subsidyThreshold", "positive", subsidyThreshold);
    require(maintenance >= 0 && maintenance < 1, "maintenance", "in [0, 1)", maintenance);
    require(
        inverseFrisch >= 0 && Double.isFinite(inverseFrisch),
        "inverseFrisch",
        "zero or positive, and finite",
        inverseFrisch);
    require(
        normalHours > 0 && Double.isFinite(normalHours),
        "normalHours",
        "positive and finite",
        normalHours);
    if (discretisation.equals(Optional.of(Discretisation.ROUWENHORST))
        && volatilityElasticity != 0) {
      throw new IllegalArgumentException(
          ("discretisation must be TAUCHEN where volatilityElasticity is not 0 (%s), for volatility"
                  + " moves while the grid stays, but is ROUWENHORST")
              .formatted(volatilityElasticity));
    }
  }

  /** The baseline of Terry (2017), which Yokomoto (2026) replicates. */
  public static KhanThomasCalibration terry2017() {
    return variant(0, 0, 0);
  }

  /** Terry (2017) appendix D.2: idiosyncratic volatility rises in recessions, gamma_s = 25. */
  public static KhanThomasCalibration terry2017Volatility() {
    return variant(25, 0, 0);
  }

  /** Terry (2017) appendix D.1: a size-dependent, procyclical labour subsidy, gamma_tau = .25. */
  public static KhanThomasCalibration terry2017Subsidy() {
    return variant(0, .25, 0);
  }

  /** Terry (2017) appendix B.1: maintenance investment without fixed cost, b = .011. */
  public static KhanThomasCalibration terry2017Maintenance() {
    return variant(0, 0, .011);
  }

  private static KhanThomasCalibration variant(
      double volatilityElasticity, double subsidyElasticity, double maintenance) {
    return new KhanThomasCalibration(
        .256,
        .640,
        .977,
        .069,
        2.4,
        .0083,
        .859,
        .014,
        .859,
        .022,
        5,
        5,
        2,
        .1,
        8.0,
        50,
        1.25,
        2.0,
        1.0,
        4.0,
        1.55,
        volatilityElasticity,
        subsidyElasticity,
        1.5,
        maintenance,
        0,
        .3301197801,
        Optional.empty());
  }

  /** This calibration with another {@code capitalShare}. */
  public KhanThomasCalibration withCapitalShare(double capitalShare) {
    return Records.with(this, "capitalShare", capitalShare);
  }

  /** This calibration with another {@code labourShare}. */
  public KhanThomasCalibration withLabourShare(double labourShare) {
    return Records.with(this, "labourShare", labourShare);
  }

  /** This calibration with another {@code discountFactor}. */
  public KhanThomasCalibration withDiscountFactor(double discountFactor) {
    return Records.with(this, "discountFactor", discountFactor);
  }

  /** This calibration with another {@code depreciation}. */
  public KhanThomasCalibration withDepreciation(double depreciation) {
    return Records.with(this, "depreciation", depreciation);
  }

  /** This calibration with another {@code disutility}. */
  public KhanThomasCalibration withDisutility(double disutility) {
    return Records.with(this, "disutility", disutility);
  }

  /** This calibration with another {@code maxFixedCost}. */
  public KhanThomasCalibration withMaxFixedCost(double maxFixedCost) {
    return Records.with(this, "maxFixedCost", maxFixedCost);
  }

  /** This calibration with another {@code aggregatePersistence}. */
  public KhanThomasCalibration withAggregatePersistence(double aggregatePersistence) {
    return Records.with(this, "aggregatePersistence", aggregatePersistence);
  }

  /** This calibration with another {@code aggregateSd}. */
  public KhanThomasCalibration withAggregateSd(double aggregateSd) {
    return Records.with(this, "aggregateSd", aggregateSd);
  }

  /** This calibration with another {@code idiosyncraticPersistence}. */
  public KhanThomasCalibration withIdiosyncraticPersistence(double idiosyncraticPersistence) {
    return Records.with(this, "idiosyncraticPersistence", idiosyncraticPersistence);
  }

  /** This calibration with another {@code idiosyncraticSd}. */
  public KhanThomasCalibration withIdiosyncraticSd(double idiosyncraticSd) {
    return Records.with(this, "idiosyncraticSd", idiosyncraticSd);
  }

  /** This calibration with another {@code aggregateStates}. */
  public KhanThomasCalibration withAggregateStates(int aggregateStates) {
    return Records.with(this, "aggregateStates", aggregateStates);
  }

  /** This calibration with another {@code idiosyncraticStates}. */
  public KhanThomasCalibration withIdiosyncraticStates(int idiosyncraticStates) {
    return Records.with(this, "idiosyncraticStates", idiosyncraticStates);
  }

  /** This calibration with another {@code chainWidth}. */
  public KhanThomasCalibration withChainWidth(double chainWidth) {
    return Records.with(this, "chainWidth", chainWidth);
  }

  /** This calibration with another {@code capitalMin}. */
  public KhanThomasCalibration withCapitalMin(double capitalMin) {
    return Records.with(this, "capitalMin", capitalMin);
  }

  /** This calibration with another {@code capitalMax}. */
  public KhanThomasCalibration withCapitalMax(double capitalMax) {
    return Records.with(this, "capitalMax", capitalMax);
  }

  /** This calibration with another {@code capitalNodes}. */
  public KhanThomasCalibration withCapitalNodes(int capitalNodes) {
    return Records.with(this, "capitalNodes", capitalNodes);
  }

  /** This calibration with another {@code meanCapitalMin}. */
  public KhanThomasCalibration withMeanCapitalMin(double meanCapitalMin) {
    return Records.with(this, "meanCapitalMin", meanCapitalMin);
  }

  /** This calibration with another {@code meanCapitalMax}. */
  public KhanThomasCalibration withMeanCapitalMax(double meanCapitalMax) {
    return Records.with(this, "meanCapitalMax", meanCapitalMax);
  }

  /** This calibration with another {@code priceMin}. */
  public KhanThomasCalibration withPriceMin(double priceMin) {
    return Records.with(this, "priceMin", priceMin);
  }

  /** This calibration with another {@code priceMax}. */
  public KhanThomasCalibration withPriceMax(double priceMax) {
    return Records.with(this, "priceMax", priceMax);
  }

  /** This calibration with another {@code startMeanCapital}. */
  public KhanThomasCalibration withStartMeanCapital(double startMeanCapital) {
    return Records.with(this, "startMeanCapital", startMeanCapital);
  }

  /** This calibration with another {@code volatilityElasticity}. */
  public KhanThomasCalibration withVolatilityElasticity(double volatilityElasticity) {
    return Records.with(this, "volatilityElasticity", volatilityElasticity);
  }

  /** This calibration with another {@code subsidyElasticity}. */
  public KhanThomasCalibration withSubsidyElasticity(double subsidyElasticity) {
    return Records.with(this, "subsidyElasticity", subsidyElasticity);
  }

  /** This calibration with another {@code subsidyThreshold}. */
  public KhanThomasCalibration withSubsidyThreshold(double subsidyThreshold) {
    return Records.with(this, "subsidyThreshold", subsidyThreshold);
  }

  /** This calibration with another {@code maintenance}. */
  public KhanThomasCalibration withMaintenance(double maintenance) {
    return Records.with(this, "maintenance", maintenance);
  }

  /** This calibration with another {@code inverseFrisch}. */
  public KhanThomasCalibration withInverseFrisch(double inverseFrisch) {
    return Records.with(this, "inverseFrisch", inverseFrisch);
  }

  /** This calibration with another {@code normalHours}. */
  public KhanThomasCalibration withNormalHours(double normalHours) {
    return Records.with(this, "normalHours", normalHours);
  }

  /** This calibration with another {@code discretisation}. */
  public KhanThomasCalibration withDiscretisation(Discretisation discretisation) {
    return Records.with(this, "discretisation", Optional.of(discretisation));
  }

  private static void requirePersistence(String name, double value) {
    require(value > -1 && value < 1, name, "in (-1, 1)", value);
  }

  private static void requireFinite(String name, double value) {
    require(Double.isFinite(value), name, "finite", value);
  }
}
