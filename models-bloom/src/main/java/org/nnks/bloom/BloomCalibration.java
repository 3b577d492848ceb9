package org.nnks.bloom;

import org.nnks.core.io.Records;

/**
 * Parameters of the economy of Bloom et al. (2018). One period is one quarter; capital and output
 * are in goods, hours in the household's unit endowment of time.
 *
 * <p>"Code" below is the public replication code of Baker, Bloom and Terry, which solves the same
 * firm's problem; "published" is the calibration table of Bloom et al. (2018). Where they agree,
 * the code's digits are used. docs/deviations.md lists what remains open.
 *
 * @param capitalShare alpha, exponent of capital; .25, code and published
 * @param labourShare nu, exponent of hours, alpha + nu below one; .5, code and published
 * @param discountFactor beta, per quarter; .95^(1/4), code and published
 * @param disutility theta, disutility of hours, so that p w = theta; 2, code and published
 * @param inverseFrisch kappa: disutility of hours is chi N^(1+kappa)/(1+kappa), so that W = p w =
 *     disutility (N/normalHours)^kappa clears the labour market; 0, code and published, where it is
 *     linear and W = disutility
 * @param normalHours hours at which W = disutility whatever kappa is, so that chi =
 *     disutility/normalHours^kappa; .29873558, the mean of N with kappa = 0 on the path of the
 *     independent reference
 * @param depreciation delta_k, of capital per quarter; .026, code and published
 * @param separations delta_n, share of last quarter's hours that leave before the firm chooses;
 *     .088, code and published
 * @param resaleLoss S, share of sold capital that is lost; .339, code and published
 * @param capitalFixedCost F_K, cost of changing capital, as a share of the quarter's output; 0,
 *     code and published
 * @param hoursFixedCost F_L, cost of changing hours, as a share of the quarter's output; .096,
 *     code; .084, published (2.1 % of annual sales)
 * @param hoursLinearCost H, cost of hiring or firing, in wages of a quarter for each unit of hours;
 *     .072, code and published (1.8 % of the annual wage)
 * @param idiosyncraticPersistence rho_z of log z; .95, code and published
 * @param idiosyncraticSd sigma_z in low volatility, innovation of log z per quarter;
 *     .0507515557155377, code; .051, published
 * @param idiosyncraticSdRatio sigma_z in high volatility relative to low; 4.11699578856773, code;
 *     4.1, published
 * @param aggregatePersistence rho_a of log a; .95, code and published
 * @param aggregateSd sigma_a in low volatility, innovation of log a per quarter;
 *     .00668420914017636, code; .0067, published
 * @param aggregateSdRatio sigma_a in high volatility relative to low; 1.60569110682638, code; 1.6,
 *     published
 * @param lowToHigh probability of moving from low to high volatility in a quarter;
 *     .0257892725462263, code; .026, published
 * @param highToHigh probability of staying in high volatility for another quarter;
 *     .940556523390567, code; .943, published
 * @param idiosyncraticStates points of the Tauchen grid of z; 5, Yokomoto (2026) section 3.1
 * @param productivityStates points of the Tauchen grid of a; 5, Yokomoto (2026) section 3.1
 * @param idiosyncraticWidth half-width of the grid of z in unconditional low-volatility sds; 2,
 *     inferred: with 2.5 the moments of Yokomoto (2026) Table 7 are missed
 * @param productivityWidth half-width of the grid of a in unconditional low-volatility sds; 2,
 *     inferred in the same way
 * @param capitalMin lowest k; 1.125, inferred from Yokomoto (2026) Figures 11 to 13
 * @param capitalNodes nodes of k; 91, Yokomoto (2026) section 3.1
 * @param capitalSteps nodes that a quarter's depreciation takes k down; 1, code. Finer grids have
 *     more: {@link #finer}
 * @param hoursMin lowest n; .035, inferred from Yokomoto (2026) Figures 8 to 10
 * @param hoursNodes nodes of n; 37, Yokomoto (2026) section 3.1
 * @param hoursSteps nodes that a quarter's separations take n down; 1, code
 * @param meanCapitalMin lowest K of the firms' problem; 3, code
 * @param meanCapitalMax highest K of the firms' problem; 10, code
 * @param meanCapitalNodes nodes of K, equally spaced; 10, Yokomoto (2026) section 3.1; their
 *     spacing is unknown
 * @param meanCapitalDegree 1 or 3: whether values between nodes of K lie on straight lines or on
 *     cubics; 1, code. Straight lines through 10 nodes are the largest error of the solution
 * @param priceMin lowest price looked for; .8: C = 1.25, half as much again as usual
 * @param priceMax highest price looked for; 2.4: C = .42, little more than half of usual. The code
 *     looks in [1.0, 1.8], which histories that start with little capital nearly leave
 * @param priceNodes equally spaced prices of the interpolated clearing; 49, a distance of .033, as
 *     25 nodes on the code's [1.0, 1.8] would have; their number is unknown
 * @param startCapitalNode node of k, counted from one, around which firms start; 50, code
 * @param startHoursNode node of n, counted from one, around which firms start; 20, code
 * @param startHalfWidth nodes of k and n on either side, a quarter's depreciation or separations
 *     apart, over which firms are spread evenly at the start; 5, code
 */
public record BloomCalibration(
    double capitalShare,
    double labourShare,
    double discountFactor,
    double disutility,
    double inverseFrisch,
    double normalHours,
    double depreciation,
    double separations,
    double resaleLoss,
    double capitalFixedCost,
    double hoursFixedCost,
    double hoursLinearCost,
    double idiosyncraticPersistence,
    double idiosyncraticSd,
    double idiosyncraticSdRatio,
    double aggregatePersistence,
    double aggregateSd,
    double aggregateSdRatio,
    double lowToHigh,
    double highToHigh,
    int idiosyncraticStates,
    int productivityStates,
    double idiosyncraticWidth,
    double productivityWidth,
    double capitalMin,
    int capitalNodes,
    int capitalSteps,
    double hoursMin,
    int hoursNodes,
    int hoursSteps,
    double meanCapitalMin,
    double meanCapitalMax,
    int meanCapitalNodes,
    int meanCapitalDegree,
    double priceMin,
    double priceMax,
    int priceNodes,
    int startCapitalNode,
    int startHoursNode,
    int startHalfWidth) {

  /** Straight lines between nodes of K. */
  static final int LINEAR = 1;

  /** Cubics through the four nodes of K around a point. */
  static final int CUBIC = 3;

  /** Checks every domain. */
  public BloomCalibration {
    require(capitalShare > 0 && capitalShare < 1, "capitalShare", "in (0, 1)", capitalShare);
    require(
        labourShare > 0 && capitalShare + labourShare < 1,
        "labourShare",
        "above 0 and below 1 - capitalShare",
        labourShare);
    requireShare("discountFactor", discountFactor);
    requirePositive("disutility", disutility);
    require(
        inverseFrisch >= 0 && Double.isFinite(inverseFrisch),
        "inverseFrisch",
        "zero or positive, and finite",
        inverseFrisch);
    requirePositive("normalHours", normalHours);
    requireShare("depreciation", depreciation);
    requireShare("separations", separations);
    require(resaleLoss >= 0 && resaleLoss < 1, "resaleLoss", "in [0, 1)", resaleLoss);
    require(
        capitalFixedCost >= 0 && capitalFixedCost < 1,
        "capitalFixedCost",
        "in [0, 1)",
        capitalFixedCost);
    require(
        hoursFixedCost >= 0 && hoursFixedCost < 1, "hoursFixedCost", "in [0, 1)", hoursFixedCost);
    require(
        hoursLinearCost >= 0 && Double.isFinite(hoursLinearCost),
        "hoursLinearCost",
        "at least 0 and finite",
        hoursLinearCost);
    requirePersistence("idiosyncraticPersistence", idiosyncraticPersistence);
    requirePositive("idiosyncraticSd", idiosyncraticSd);
    requirePositive("idiosyncraticSdRatio", idiosyncraticSdRatio);
    requirePersistence("aggregatePersistence", aggregatePersistence);
    requirePositive("aggregateSd", aggregateSd);
    requirePositive("aggregateSdRatio", aggregateSdRatio);
    requireShare("lowToHigh", lowToHigh);
    requireShare("highToHigh", highToHigh);
    requireAtLeast("idiosyncraticStates", idiosyncraticStates, 2);
    requireAtLeast("productivityStates", productivityStates, 2);
    requirePositive("idiosyncraticWidth", idiosyncraticWidth);
    requirePositive("productivityWidth", productivityWidth);
    requirePositive("capitalMin", capitalMin);
    requireAtLeast("capitalNodes", capitalNodes, 2);
    requireAtLeast("capitalSteps", capitalSteps, 1);
    requirePositive("hoursMin", hoursMin);
    requireAtLeast("hoursNodes", hoursNodes, 2);
    requireAtLeast("hoursSteps", hoursSteps, 1);
    requirePositive("meanCapitalMin", meanCapitalMin);
    require(
        meanCapitalMax > meanCapitalMin && Double.isFinite(meanCapitalMax),
        "meanCapitalMax",
        "above meanCapitalMin",
        meanCapitalMax);
    require(
        meanCapitalDegree == LINEAR || meanCapitalDegree == CUBIC,
        "meanCapitalDegree",
        "1 or 3",
        meanCapitalDegree);
    requireAtLeast("meanCapitalNodes", meanCapitalNodes, meanCapitalDegree + 1);
    requirePositive("priceMin", priceMin);
    require(
        priceMax > priceMin && Double.isFinite(priceMax), "priceMax", "above priceMin", priceMax);
    requireAtLeast("priceNodes", priceNodes, 2);
    require(startHalfWidth >= 0, "startHalfWidth", "at least 0", startHalfWidth);
    requireStart("startCapitalNode", startCapitalNode, startHalfWidth * capitalSteps, capitalNodes);
    requireStart("startHoursNode", startHoursNode, startHalfWidth * hoursSteps, hoursNodes);
  }

  /** The parameters of the public code, with grids of 2 sds: what Yokomoto (2026) replicates. */
  public static BloomCalibration replication() {
    return variant(.096, .940556523390567);
  }

  /** The published table of Bloom et al. (2018) where it differs from the code: F_L and P(HH). */
  public static BloomCalibration published() {
    return variant(.084, .943);
  }

  /**
   * The replication with cubics through 19 nodes of K, every other of which is one of the 10: the
   * same economy, solved forty times more closely between the nodes. Times are in docs/bloom.md.
   */
  public static BloomCalibration refined() {
    return replication().withMeanCapitalNodes(19).withMeanCapitalDegree(CUBIC);
  }

  /**
   * Another economy, a tenth of the work, to explore with: capital and hours wear out twice as
   * fast, so that half as many nodes cover what firms use, and there are two levels of a, closer
   * together.
   */
  public static BloomCalibration small() {
    return replication()
        .withNormalHours(.309100693)
        .withPriceMax(4)
        .withPriceNodes(97)
        .withProductivityStates(2)
        .withProductivityWidth(.5)
        .withStartHalfWidth(3)
        .withStartCapitalNode(30)
        .withDepreciation(.052)
        .withCapitalMin(.5)
        .withCapitalNodes(46)
        .withSeparations(.168)
        .withStartHoursNode(11)
        .withHoursNodes(19)
        .withMeanCapitalMin(1.5)
        .withMeanCapitalMax(4.5)
        .withMeanCapitalNodes(8)
        .withMeanCapitalDegree(CUBIC);
  }

  private static BloomCalibration variant(double hoursFixedCost, double highToHigh) {
    return new BloomCalibration(
        .25,
        .5,
        Math.pow(.95, .25),
        2,
        0,
        .29873558,
        .026,
        .088,
        .339,
        0,
        hoursFixedCost,
        .072,
        .95,
        .0507515557155377,
        4.11699578856773,
        .95,
        .00668420914017636,
        1.60569110682638,
        .0257892725462263,
        highToHigh,
        5,
        5,
        2,
        2,
        1.125,
        91,
        1,
        .035,
        37,
        1,
        3,
        10,
        10,
        LINEAR,
        .8,
        2.4,
        49,
        50,
        20,
        5);
  }

  /**
   * The same economy on grids over the same ranges with as many intervals for each of these. Every
   * node of this calibration is one of the finer, and histories start from the same firms.
   *
   * @param capitalTimes intervals of k for each of this calibration's
   * @param hoursTimes intervals of n for each of this calibration's
   * @throws IllegalArgumentException if one is below 1
   */
  public BloomCalibration finer(int capitalTimes, int hoursTimes) {
    requireAtLeast("capitalTimes", capitalTimes, 1);
    requireAtLeast("hoursTimes", hoursTimes, 1);
    return withCapitalNodes(capitalTimes * (capitalNodes - 1) + 1)
        .withStartCapitalNode(capitalTimes * (startCapitalNode - 1) + 1)
        .withCapitalSteps(capitalTimes * capitalSteps)
        .withHoursNodes(hoursTimes * (hoursNodes - 1) + 1)
        .withStartHoursNode(hoursTimes * (startHoursNode - 1) + 1)
        .withHoursSteps(hoursTimes * hoursSteps);
  }

  /** This calibration with another {@code capitalShare}. */
  public BloomCalibration withCapitalShare(double capitalShare) {
    return Records.with(this, "capitalShare", capitalShare);
  }

  /** This calibration with another {@code labourShare}. */
  public BloomCalibration withLabourShare(double labourShare) {
    return Records.with(this, "labourShare", labourShare);
  }

  /** This calibration with another {@code discountFactor}. */
  public BloomCalibration withDiscountFactor(double discountFactor) {
    return Records.with(this, "discountFactor", discountFactor);
  }

  /** This calibration with another {@code disutility}. */
  public BloomCalibration withDisutility(double disutility) {
    return Records.with(this, "disutility", disutility);
  }

  /** This calibration with another {@code inverseFrisch}. */
  public BloomCalibration withInverseFrisch(double inverseFrisch) {
    return Records.with(this, "inverseFrisch", inverseFrisch);
  }

  /** This calibration with another {@code normalHours}. */
  public BloomCalibration withNormalHours(double normalHours) {
    return Records.with(this, "normalHours", normalHours);
  }

  /** This calibration with another {@code depreciation}. */
  public BloomCalibration withDepreciation(double depreciation) {
    return Records.with(this, "depreciation", depreciation);
  }

  /** This calibration with another {@code separations}. */
  public BloomCalibration withSeparations(double separations) {
    return Records.with(this, "separations", separations);
  }

  /** This calibration with another {@code resaleLoss}. */
  public BloomCalibration withResaleLoss(double resaleLoss) {
    return Records.with(this, "resaleLoss", resaleLoss);
  }

  /** This calibration with another {@code capitalFixedCost}. */
  public BloomCalibration withCapitalFixedCost(double capitalFixedCost) {
    return Records.with(this, "capitalFixedCost", capitalFixedCost);
  }

  /** This calibration with another {@code hoursFixedCost}. */
  public BloomCalibration withHoursFixedCost(double hoursFixedCost) {
    return Records.with(this, "hoursFixedCost", hoursFixedCost);
  }

  /** This calibration with another {@code hoursLinearCost}. */
  public BloomCalibration withHoursLinearCost(double hoursLinearCost) {
    return Records.with(this, "hoursLinearCost", hoursLinearCost);
  }

  /** This calibration with another {@code idiosyncraticPersistence}. */
  public BloomCalibration withIdiosyncraticPersistence(double idiosyncraticPersistence) {
    return Records.with(this, "idiosyncraticPersistence", idiosyncraticPersistence);
  }

  /** This calibration with another {@code idiosyncraticSd}. */
  public BloomCalibration withIdiosyncraticSd(double idiosyncraticSd) {
    return Records.with(this, "idiosyncraticSd", idiosyncraticSd);
  }

  /** This calibration with another {@code idiosyncraticSdRatio}. */
  public BloomCalibration withIdiosyncraticSdRatio(double idiosyncraticSdRatio) {
    return Records.with(this, "idiosyncraticSdRatio", idiosyncraticSdRatio);
  }

  /** This calibration with another {@code aggregatePersistence}. */
  public BloomCalibration withAggregatePersistence(double aggregatePersistence) {
    return Records.with(this, "aggregatePersistence", aggregatePersistence);
  }

  /** This calibration with another {@code aggregateSd}. */
  public BloomCalibration withAggregateSd(double aggregateSd) {
    return Records.with(this, "aggregateSd", aggregateSd);
  }

  /** This calibration with another {@code aggregateSdRatio}. */
  public BloomCalibration withAggregateSdRatio(double aggregateSdRatio) {
    return Records.with(this, "aggregateSdRatio", aggregateSdRatio);
  }

  /** This calibration with another {@code lowToHigh}. */
  public BloomCalibration withLowToHigh(double lowToHigh) {
    return Records.with(this, "lowToHigh", lowToHigh);
  }

  /** This calibration with another {@code highToHigh}. */
  public BloomCalibration withHighToHigh(double highToHigh) {
    return Records.with(this, "highToHigh", highToHigh);
  }

  /** This calibration with another {@code idiosyncraticStates}. */
  public BloomCalibration withIdiosyncraticStates(int idiosyncraticStates) {
    return Records.with(this, "idiosyncraticStates", idiosyncraticStates);
  }

  /** This calibration with another {@code productivityStates}. */
  public BloomCalibration withProductivityStates(int productivityStates) {
    return Records.with(this, "productivityStates", productivityStates);
  }

  /** This calibration with another {@code idiosyncraticWidth}. */
  public BloomCalibration withIdiosyncraticWidth(double idiosyncraticWidth) {
    return Records.with(this, "idiosyncraticWidth", idiosyncraticWidth);
  }

  /** This calibration with another {@code productivityWidth}. */
  public BloomCalibration withProductivityWidth(double productivityWidth) {
    return Records.with(this, "productivityWidth", productivityWidth);
  }

  /** This calibration with another {@code capitalMin}. */
  public BloomCalibration withCapitalMin(double capitalMin) {
    return Records.with(this, "capitalMin", capitalMin);
  }

  /** This calibration with another {@code capitalNodes}. */
  public BloomCalibration withCapitalNodes(int capitalNodes) {
    return Records.with(this, "capitalNodes", capitalNodes);
  }

  /** This calibration with another {@code capitalSteps}. */
  public BloomCalibration withCapitalSteps(int capitalSteps) {
    return Records.with(this, "capitalSteps", capitalSteps);
  }

  /** This calibration with another {@code hoursMin}. */
  public BloomCalibration withHoursMin(double hoursMin) {
    return Records.with(this, "hoursMin", hoursMin);
  }

  /** This calibration with another {@code hoursNodes}. */
  public BloomCalibration withHoursNodes(int hoursNodes) {
    return Records.with(this, "hoursNodes", hoursNodes);
  }

  /** This calibration with another {@code hoursSteps}. */
  public BloomCalibration withHoursSteps(int hoursSteps) {
    return Records.with(this, "hoursSteps", hoursSteps);
  }

  /** This calibration with another {@code meanCapitalMin}. */
  public BloomCalibration withMeanCapitalMin(double meanCapitalMin) {
    return Records.with(this, "meanCapitalMin", meanCapitalMin);
  }

  /** This calibration with another {@code meanCapitalMax}. */
  public BloomCalibration withMeanCapitalMax(double meanCapitalMax) {
    return Records.with(this, "meanCapitalMax", meanCapitalMax);
  }

  /** This calibration with another {@code meanCapitalNodes}. */
  public BloomCalibration withMeanCapitalNodes(int meanCapitalNodes) {
    return Records.with(this, "meanCapitalNodes", meanCapitalNodes);
  }

  /** This calibration with another {@code meanCapitalDegree}. */
  public BloomCalibration withMeanCapitalDegree(int meanCapitalDegree) {
    return Records.with(this, "meanCapitalDegree", meanCapitalDegree);
  }

  /** This calibration with another {@code priceMin}. */
  public BloomCalibration withPriceMin(double priceMin) {
    return Records.with(this, "priceMin", priceMin);
  }

  /** This calibration with another {@code priceMax}. */
  public BloomCalibration withPriceMax(double priceMax) {
    return Records.with(this, "priceMax", priceMax);
  }

  /** This calibration with another {@code priceNodes}. */
  public BloomCalibration withPriceNodes(int priceNodes) {
    return Records.with(this, "priceNodes", priceNodes);
  }

  /** This calibration with another {@code startCapitalNode}. */
  public BloomCalibration withStartCapitalNode(int startCapitalNode) {
    return Records.with(this, "startCapitalNode", startCapitalNode);
  }

  /** This calibration with another {@code startHoursNode}. */
  public BloomCalibration withStartHoursNode(int startHoursNode) {
    return Records.with(this, "startHoursNode", startHoursNode);
  }

  /** This calibration with another {@code startHalfWidth}. */
  public BloomCalibration withStartHalfWidth(int startHalfWidth) {
    return Records.with(this, "startHalfWidth", startHalfWidth);
  }

  private static void requirePersistence(String name, double value) {
    require(value > -1 && value < 1, name, "in (-1, 1)", value);
  }

  private static void requirePositive(String name, double value) {
    require(value > 0 && Double.isFinite(value), name, "positive and finite", value);
  }

  private static void requireShare(String name, double value) {
    require(value > 0 && value < 1, name, "in (0, 1)", value);
  }

  private static void requireAtLeast(String name, int value, int least) {
    require(value >= least, name, "at least " + least, value);
  }

  private static void requireStart(String name, int node, int halfWidth, int nodes) {
    require(
        node - halfWidth >= 1 && node + halfWidth <= nodes,
        name,
        "at least %d nodes, the firms of the start, from both ends of the %d nodes"
            .formatted(halfWidth, nodes),
        node);
  }

  private static void require(boolean holds, String name, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException("%s must be %s but is %s".formatted(name, rule, value));
    }
  }
}
