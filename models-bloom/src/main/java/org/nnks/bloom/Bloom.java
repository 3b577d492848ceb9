package org.nnks.bloom;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnks.core.markov.Discretisation;
import org.nnks.core.markov.DiscretisedProcess;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.NodeWeights;
import org.nnks.core.numeric.Vector;

/**
 * The economy of Bloom et al. (2018), in the notation of that paper: z is idiosyncratic and a
 * aggregate productivity (Yokomoto (2026) calls them epsilon and z). A household with utility log C
 * - theta N owns the firms. Hence p = 1/C and w = W/p with W = theta; values are in units of p.
 *
 * <p>With a finite Frisch elasticity 1/kappa the household's disutility is chi
 * N^(1+kappa)/(1+kappa), chi = theta / normalHours^kappa, and W = chi N^kappa clears the labour
 * market beside p.
 *
 * <p>A firm enters the quarter with capital k and last quarter's hours n_-1, and chooses k' and n:
 *
 * <pre>
 *   y   = a z k^alpha n^nu                               Yokomoto (2026) equation (38)
 *   i   = k' - (1 - delta_k) k,  h = n - (1 - delta_n) n_-1                        (42)
 *   ACk = 1{i != 0} F_K y + S |i| 1{i &lt; 0}                                          (41)
 *   ACn = 1{h != 0} F_L y + H w |h|                                                (43)
 *   V   = max p [ y - w n - i - ACk - ACn ] + beta E V(k', n, z'; a', s', s, K')   (44)
 * </pre>
 *
 * <p>Both k' and n lie on grids in which every node depreciates to another: with one step a quarter
 * to the one below. So a firm at node j does nothing by moving to node j - 1, exactly; where that
 * is below the lowest node there is no inaction. Immutable.
 */
public final class Bloom implements Economy {

  /** The name on the command line. */
  public static final String NAME = "bloom";

  private final BloomCalibration calibration;
  private final LabourSupply labour;
  private final AggregateStates states;
  private final MarkovChain aggregate;
  private final MarkovChain[] idiosyncratic;
  private final List<String> warnings;
  private final Grid capital;
  private final Grid hours;
  private final Grid meanCapital;

  /** The economy with these parameters. */
  public Bloom(BloomCalibration calibration) {
    this.calibration = calibration;
    labour = new LabourSupply(calibration);
    DiscretisedProcess productivity =
        DiscretisedProcess.of(
            Discretisation.TAUCHEN,
            "aggregate productivity",
            calibration.aggregatePersistence(),
            calibration.aggregateSd(),
            calibration.productivityStates(),
            calibration.productivityWidth());
    DiscretisedProcess volatileProductivity =
        productivity.withInnovation(
            "aggregate productivity in lasting high volatility",
            calibration.aggregateSd() * calibration.aggregateSdRatio());
    states =
        new AggregateStates(
            productivity.chain(), volatileProductivity.chain(), volatility(calibration));
    aggregate = states.chain();
    DiscretisedProcess low =
        DiscretisedProcess.of(
            Discretisation.TAUCHEN,
            "idiosyncratic productivity",
            calibration.idiosyncraticPersistence(),
            calibration.idiosyncraticSd(),
            calibration.idiosyncraticStates(),
            calibration.idiosyncraticWidth());
    DiscretisedProcess high =
        low.withInnovation(
            "idiosyncratic productivity in lasting high volatility",
            calibration.idiosyncraticSd() * calibration.idiosyncraticSdRatio());
    idiosyncratic = new MarkovChain[] {low.chain(), high.chain()};
    warnings =
        Stream.of(
                productivity.warning("raise productivityStates"),
                volatileProductivity.warning("raise productivityStates and productivityWidth"),
                low.warning("raise idiosyncraticStates"),
                high.warning("raise idiosyncraticStates and idiosyncraticWidth"))
            .flatMap(Optional::stream)
            .toList();
    capital =
        alignedGrid(
            calibration.capitalMin(),
            calibration.depreciation(),
            calibration.capitalSteps(),
            calibration.capitalNodes());
    hours =
        alignedGrid(
            calibration.hoursMin(),
            calibration.separations(),
            calibration.hoursSteps(),
            calibration.hoursNodes());
    meanCapital =
        Grid.linear(
            calibration.meanCapitalMin(),
            calibration.meanCapitalMax(),
            calibration.meanCapitalNodes());
  }

  private static MarkovChain volatility(BloomCalibration calibration) {
    double[][] rows = {
      {1 - calibration.lowToHigh(), calibration.lowToHigh()},
      {1 - calibration.highToHigh(), calibration.highToHigh()}
    };
    return new MarkovChain(Vector.of(1, calibration.aggregateSdRatio()), Matrix.ofRows(rows));
  }

  /** Nodes each of which depreciates at a rate to the one some steps below. */
  private static Grid alignedGrid(double lowest, double rate, int steps, int size) {
    double[] nodes = new double[size];
    for (int i = 0; i < size; i++) {
      nodes[i] = lowest / Math.pow(1 - rate, (double) i / steps);
    }
    return new Grid(Vector.of(nodes));
  }

  @Override
  public String widening() {
    return "capitalMin, capitalNodes, hoursMin or hoursNodes";
  }

  /** p is the marginal utility of consumption, and W what an hour is worth in its unit. */
  @Override
  public String label(String variable) {
    return switch (variable) {
      case "p" -> "price p = 1/C";
      case "W" -> "price of hours W = p w";
      case BloomTables.ADJUSTING_CAPITAL, BloomTables.ADJUSTING_HOURS, BloomTables.TOP_CAPITAL ->
          "share of firms " + variable;
      case BloomTables.MIXING_WEIGHT -> "share that decides at the lower of two prices mixed";
      default -> Economy.super.label(variable);
    };
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The parameters. */
  public BloomCalibration calibration() {
    return calibration;
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  /** The chain of (a, s, s_-1); its levels are those of a. */
  @Override
  public MarkovChain aggregate() {
    return aggregate;
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  /** The state with the other s_-1, which matters for nothing but forecasts. */
  @Override
  public int neighbour(int aggregateState) {
    return states.index(
        states.productivity(aggregateState),
        states.volatility(aggregateState),
        1 - states.laggedVolatility(aggregateState));
  }

  @Override
  public String stateName(int aggregateState) {
    return states.name(aggregateState);
  }

  /** What the aggregate states stand for. */
  public AggregateStates states() {
    return states;
  }

  /** The chain of z in a quarter of this volatility: it governs the step to the next quarter. */
  public MarkovChain idiosyncratic(int volatility) {
    return idiosyncratic[volatility];
  }

  /** The nodes of k and k'. */
  public Grid capital() {
    return capital;
  }

  /** The nodes of n_-1 and n. */
  public Grid hours() {
    return hours;
  }

  /** K: the nodes on which the firms' problem is solved. */
  @Override
  public Grid meanCapital() {
    return meanCapital;
  }

  /** How a function of K follows from its values at the nodes of K. */
  public NodeWeights betweenMeanCapitals(double capital) {
    return calibration.meanCapitalDegree() == BloomCalibration.LINEAR
        ? NodeWeights.linear(meanCapital, capital)
        : NodeWeights.cubic(meanCapital, capital);
  }

  @Override
  public int periodsPerYear() {
    return QUARTERS;
  }

  /** The middle level of a, in low volatility that has lasted. */
  @Override
  public Start start() {
    int middle = calibration.productivityStates() / 2;
    return new Start(
        states.index(middle, AggregateStates.LOW, AggregateStates.LOW),
        FirmHistogram.start(this).meanCapital());
  }

  /** The number of cells (z, k, n_-1), ordered in this way with n_-1 innermost. */
  public int cells() {
    return idiosyncratic[AggregateStates.LOW].size() * capital.size() * hours.size();
  }

  /**
   * The node to which a quarter's depreciation takes the capital at a node, exactly; negative below
   * the lowest node.
   */
  public int undepreciatedNode(int node) {
    return node - calibration.capitalSteps();
  }

  /** The node to which separations take the hours at a node; negative below the lowest node. */
  public int unseparatedNode(int node) {
    return node - calibration.hoursSteps();
  }

  /** What depreciation leaves of the capital at a node: another node, exactly, if there is one. */
  public double undepreciated(int node) {
    int left = undepreciatedNode(node);
    return left >= 0 ? capital.get(left) : (1 - calibration.depreciation()) * capital.get(node);
  }

  /** What separations leave of the hours at a node: another node, exactly, if there is one. */
  public double unseparated(int node) {
    int left = unseparatedNode(node);
    return left >= 0 ? hours.get(left) : (1 - calibration.separations()) * hours.get(node);
  }

  /** y = a z k^alpha n^nu; Yokomoto (2026) equation (38). */
  public double output(double productivity, double idiosyncratic, double capital, double hours) {
    return productivity
        * idiosyncratic
        * Math.pow(capital, calibration.capitalShare())
        * Math.pow(hours, calibration.labourShare());
  }

  /** What an hour costs. */
  public LabourSupply labour() {
    return labour;
  }

  /** w = theta/p, where W = theta. */
  public double wage(double price) {
    return calibration.disutility() / price;
  }

  /**
   * AC_k; Yokomoto (2026) equation (41). Inaction is an investment of exactly zero.
   *
   * @param investment i
   * @param output y
   */
  public double capitalCost(double investment, double output) {
    double fixed = investment != 0 ? calibration.capitalFixedCost() * output : 0;
    return fixed + calibration.resaleLoss() * Math.max(-investment, 0);
  }

  /**
   * AC_n; Yokomoto (2026) equation (43). Inaction is a hiring of exactly zero.
   *
   * @param hiring h, negative when the firm fires
   * @param output y
   * @param wage w
   */
  public double hoursCost(double hiring, double output, double wage) {
    double fixed = hiring != 0 ? calibration.hoursFixedCost() * output : 0;
    return fixed + calibration.hoursLinearCost() * wage * Math.abs(hiring);
  }
}
