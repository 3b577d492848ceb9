package org.nnks.krusellsmith.declared;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;
import org.nnks.krusellsmith.Employment;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/**
 * The economy of Krusell and Smith (1998) in the notation of Liu (2024) section 2.2, declared: a
 * household's state is its capital k, it chooses k' in [0, cash on hand], and no market is to be
 * cleared, because prices follow from K:
 *
 * <pre>
 *   v(k,s;K,z) = max over k' of  log(cash - k') + beta E v(k',s';K',z')               (1)
 *   cash = (1 - delta + rental) k + wage income(s)                                    (2)
 *   rental = alpha Y / K,   wage = (1 - alpha) Y / N,   Y = z K^alpha N^(1-alpha)     (3), (4)
 * </pre>
 *
 * <p>Its equations are written independently of {@link KrusellSmith}, whose exact solver judges
 * what is solved from here; only the chains are the same objects. A household's state s joins its
 * employment e and productivity l: s = e * (states of l) + l.
 */
public final class KrusellSmithDeclaration implements DeclaredEconomy {

  /** The name on the command line and in files. */
  public static final String NAME = "households";

  /**
   * Nodes of the distribution. Each is a problem with an objective of its own, so that a period
   * takes time in proportion; with 300, mean K is within .02 % of the exact solver's, which has
   * 1,000.
   */
  private static final int NODES = 300;

  /** Steps of k^(1/3) are equal: consumption is curved near the borrowing limit. */
  private static final double CURVATURE = 3;

  private static final Total C = new Total("C");

  private final KrusellSmithCalibration calibration;
  private final KrusellSmith chains;
  private final MarkovChain own;
  private final Exogenous z;
  private final Exogenous labour;
  private final Exogenous netHours;
  private final Exogenous employed;
  private final Exogenous productivity;
  private final State k;
  private final Control next;
  private final Moment meanCapital;
  private final Branch save;

  /**
   * The economy with these parameters.
   *
   * @throws IllegalArgumentException if a household may be without wealth and income, whose value
   *     is minus infinity
   */
  public KrusellSmithDeclaration(KrusellSmithCalibration calibration) {
    this.calibration = calibration;
    chains = new KrusellSmith(calibration);
    chains.requireIncome();
    Employment employment = calibration.employment();
    Vector levels = calibration.labour().chain().levels();
    int each = levels.size();
    int last = employment.states() - 1;
    z = Exogenous.aggregate("z", chains.aggregate().levels());
    labour = Exogenous.aggregate("N", byState(chains::meanLabour));
    netHours = Exogenous.aggregate("h", byState(a -> employment.income(a).get(last)));
    employed = Exogenous.own("e", byOwnState(s -> s / each == last ? 1 : 0));
    productivity = Exogenous.own("l", byOwnState(s -> levels.get(s % each)));
    own = own(0, 0);
    k = State.root("k", calibration.capitalMax(), NODES, CURVATURE);
    next = k.next();
    meanCapital = Moment.mean("K", k, calibration.meanCapitalMin(), calibration.meanCapitalMax());
    save = Branch.of("save", next.atMost(cash()));
  }

  private Vector byState(IntToDoubleFunction level) {
    return Vector.of(IntStream.range(0, chains.aggregate().size()).mapToDouble(level).toArray());
  }

  private Vector byOwnState(IntToDoubleFunction level) {
    return Vector.of(IntStream.range(0, chains.states()).mapToDouble(level).toArray());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String widening() {
    return "capitalMax";
  }

  @Override
  public int periodsPerYear() {
    return QUARTERS;
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
  public int neighbour(int aggregateState) {
    return chains.neighbour(aggregateState);
  }

  @Override
  public MarkovChain own() {
    return own;
  }

  @Override
  public MarkovChain own(int from, int to) {
    return new MarkovChain(byOwnState(s -> s), chains.transition(from, to));
  }

  @Override
  public List<Exogenous> exogenous() {
    return List.of(z, labour, netHours, employed, productivity);
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
    return List.of();
  }

  @Override
  public List<Branch> branches() {
    return List.of(save);
  }

  /** Y, what firms make. */
  private Expression output() {
    double alpha = calibration.capitalShare();
    return z.times(meanCapital.pow(alpha)).times(labour.pow(1 - alpha));
  }

  /** (4). */
  private Expression wage() {
    return output().over(labour).times(1 - calibration.capitalShare());
  }

  /** Net of tax, or the benefit, in units of the wage. */
  private Expression income() {
    double benefit = calibration.employment().benefit();
    return productivity.times(employed.times(netHours.minus(benefit)).plus(benefit));
  }

  /** The right side of (2). */
  private Expression cash() {
    Expression rental = output().over(meanCapital).times(calibration.capitalShare());
    return k.times(rental.plus(1 - calibration.depreciation())).plus(wage().times(income()));
  }

  @Override
  public Term payoff(Branch branch) {
    return cash().minus(next).log();
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return Map.of(k, next);
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    return Map.of(C, cash().minus(next));
  }

  @Override
  public Map<Price, Term> residuals() {
    return Map.of();
  }

  @Override
  public Map<String, Term> aggregates() {
    Map<String, Term> series = new LinkedHashMap<>();
    series.put("Y", output());
    series.put("I", output().minus(C));
    series.put("C", C);
    series.put("N", labour);
    series.put("w", wage());
    return series;
  }

  /** Everybody owns the capital of the economy without risk. */
  @Override
  public Initial initial() {
    int a = chains.start().aggregateState();
    double level = chains.steadyCapital();
    Grid grid = k.grid();
    int cell = grid.cell(level);
    double above = grid.weight(cell, level);
    Vector shares = chains.shares(a);
    double[] mass = new double[shares.size() * NODES];
    for (int s = 0; s < shares.size(); s++) {
      mass[s * NODES + cell] = (1 - above) * shares.get(s);
      mass[s * NODES + cell + 1] = above * shares.get(s);
    }
    return new Initial(a, Vector.of(level), Vector.of(mass));
  }

  /** The law of motion of the representative household. */
  @Override
  public Optional<ForecastRules> coldStart() {
    return Optional.of(new ForecastRules(chains.representativeRules().moments(), List.of()));
  }
}
