package org.nnks.bloom.declared;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.bloom.Adjustment;
import org.nnks.bloom.AggregateStates;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.FirmHistogram;
import org.nnks.bloom.FrictionlessSteadyState;
import org.nnks.bloom.LabourSupply;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.Scale;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * The economy of Bloom et al. (2018) as Yokomoto (2026, section 3) solves it, declared: a firm with
 * output a z k^alpha n^nu enters the quarter with capital k and last quarter's hours n_-1, here the
 * state n, and chooses k' and hours n'; each adjustment has its costs. A household with utility log
 * C - theta N owns the firms. Hence p = 1/C and w = theta/p. Values are in units of p.
 *
 * <p>With a finite Frisch elasticity 1/kappa the household's disutility is chi
 * N^(1+kappa)/(1+kappa), and W = p w = chi N^kappa is a second price; it stands wherever the
 * published economy has theta.
 *
 * <p>Costs have kinks where firms do nothing, so there is a branch for each sign: a firm buys or
 * sells capital or lets it depreciate, and hires or fires or lets workers leave. Given its branch
 * everything is smooth.
 *
 * <p>Nobody goes below the lowest nodes, and nobody stays there for nothing: what depreciates or
 * leaves from there is bought or hired again, at the usual price. Were it free, firms of low z
 * would be worth more the less capital they have.
 *
 * <p>Its equations are written independently of {@link Bloom}, whose exact solver judges what is
 * solved from here; only the chains, the grids and the start of histories are the same objects.
 */
public final class BloomDeclaration implements DeclaredEconomy {

  private static final Total OUTPUT = new Total("Y");
  private static final Total INVESTMENT = new Total("I");
  private static final Total COSTS = new Total("AC");
  private static final Total HOURS = new Total("N");

  /**
   * What a firm does to its capital or its hours; k' or n' is free on one side of doing nothing.
   */
  private enum Change {
    NONE,
    UP,
    DOWN;

    /** The control that is set, if one is, on its side of what is left. */
    List<Control.Range> range(Control control, Term left) {
      return switch (this) {
        case NONE -> List.of();
        case UP -> List.of(control.above(left));
        case DOWN -> List.of(control.below(left));
      };
    }
  }

  /** What a firm does to both. */
  private record Adjustment(Change capital, Change hours) {

    private static final List<String> CAPITAL = List.of("keep", "buy", "sell");
    private static final List<String> LABOUR = List.of("keep", "hire", "fire");

    String name() {
      return CAPITAL.get(capital.ordinal()) + "-" + LABOUR.get(hours.ordinal());
    }
  }

  private final BloomCalibration calibration;
  private final Bloom chains;
  private final Exogenous a;
  private final Exogenous z;
  private final State k;
  private final State n;
  private final Moment meanCapital;
  private final Price p;
  private final Optional<Price> labour;
  private final Map<Branch, Adjustment> branches = new LinkedHashMap<>();
  private final List<Branch> branchList;

  /** The economy with these parameters. */
  public BloomDeclaration(BloomCalibration calibration) {
    this.calibration = calibration;
    chains = new Bloom(calibration);
    a = Exogenous.aggregate("a", chains.aggregate().levels());
    z = Exogenous.own("z", chains.idiosyncratic(AggregateStates.LOW).levels());
    k = new State("k", chains.capital(), new Scale.Log());
    n = new State("n", chains.hours(), new Scale.Log());
    meanCapital = Moment.mean("K", k, calibration.meanCapitalMin(), calibration.meanCapitalMax());
    p = new Price("p", calibration.priceMin(), calibration.priceMax(), "the goods market");
    LabourSupply supply = chains.labour();
    labour =
        supply.clears()
            ? Optional.of(
                new Price("W", supply.lowestPrice(), supply.highestPrice(), "the labour market"))
            : Optional.empty();
    for (Change capital : Change.values()) {
      for (Change hours : Change.values()) {
        Adjustment adjustment = new Adjustment(capital, hours);
        List<Control.Range> ranges = new ArrayList<>(capital.range(k.next(), capitalLeft()));
        ranges.addAll(hours.range(n.next(), hoursLeft()));
        branches.put(new Branch(adjustment.name(), ranges, false), adjustment);
      }
    }
    branchList = List.copyOf(branches.keySet());
  }

  @Override
  public String widening() {
    return "capitalMin, capitalNodes, hoursMin or hoursNodes";
  }

  @Override
  public String label(String variable) {
    return chains.label(variable);
  }

  @Override
  public String stateName(int aggregateState) {
    return chains.stateName(aggregateState);
  }

  @Override
  public String name() {
    return Bloom.NAME;
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  @Override
  public int periodsPerYear() {
    return chains.periodsPerYear();
  }

  @Override
  public List<String> warnings() {
    return chains.warnings();
  }

  /** The chain of (a, s, s_-1). */
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
    return chains.idiosyncratic(AggregateStates.LOW);
  }

  /** The volatility of the quarter that ends governs the step to the next. */
  @Override
  public MarkovChain own(int aggregateState, int nextAggregateState) {
    return chains.idiosyncratic(chains.states().volatility(aggregateState));
  }

  @Override
  public List<Exogenous> exogenous() {
    return List.of(a, z);
  }

  @Override
  public List<State> states() {
    return List.of(k, n);
  }

  @Override
  public List<Moment> moments() {
    return List.of(meanCapital);
  }

  @Override
  public List<Price> prices() {
    return labour.map(W -> List.of(p, W)).orElse(List.of(p));
  }

  @Override
  public List<Branch> branches() {
    return branchList;
  }

  private Expression capitalLeft() {
    return k.times(1 - calibration.depreciation());
  }

  private Expression hoursLeft() {
    return n.times(1 - calibration.separations());
  }

  /**
   * k', which is not below the lowest node even where nothing is done: what is missing is bought.
   */
  private Expression nextCapital(Branch branch) {
    return branches.get(branch).capital() == Change.NONE
        ? capitalLeft().max(k.grid().lower())
        : k.next().expression();
  }

  /** n, in the same way. */
  private Expression hours(Branch branch) {
    return branches.get(branch).hours() == Change.NONE
        ? hoursLeft().max(n.grid().lower())
        : n.next().expression();
  }

  /** w = W/p. */
  private Expression wage() {
    return labour
        .map(Price::expression)
        .orElse(Expression.constant(calibration.disutility()))
        .over(p);
  }

  /** y = a z k^alpha n^nu; Yokomoto (2026) equation (38). */
  private Expression output(Branch branch) {
    return a.times(z)
        .times(k.pow(calibration.capitalShare()))
        .times(hours(branch).pow(calibration.labourShare()));
  }

  /** i = k' - (1 - delta_k) k; equation (42). */
  private Expression investment(Branch branch) {
    return nextCapital(branch).minus(capitalLeft());
  }

  /**
   * AC_k + AC_n: F_K y and S |i| of capital sold, F_L y and H w |h|; equations (41) and (43), with
   * h = n - (1 - delta_n) n_-1.
   */
  private Expression costs(Branch branch) {
    Adjustment adjustment = branches.get(branch);
    Expression hired = hours(branch).minus(hoursLeft());
    Expression perWorker = wage().times(calibration.hoursLinearCost());
    Expression sum = Expression.constant(0);
    if (adjustment.capital() != Change.NONE) {
      sum = sum.plus(output(branch).times(calibration.capitalFixedCost()));
    }
    if (adjustment.capital() == Change.DOWN) {
      sum = sum.minus(investment(branch).times(calibration.resaleLoss()));
    }
    return switch (adjustment.hours()) {
      case NONE -> sum.plus(perWorker.times(hired));
      case UP -> sum.plus(fixedHoursCost(branch)).plus(perWorker.times(hired));
      case DOWN -> sum.plus(fixedHoursCost(branch)).minus(perWorker.times(hired));
    };
  }

  private Expression fixedHoursCost(Branch branch) {
    return output(branch).times(calibration.hoursFixedCost());
  }

  /** p (y - w n - i - AC_k - AC_n); equation (44). */
  @Override
  public Term payoff(Branch branch) {
    return p.times(
        output(branch)
            .minus(wage().times(hours(branch)))
            .minus(investment(branch))
            .minus(costs(branch)));
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return Map.of(k, nextCapital(branch), n, hours(branch));
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    Map<Total, Term> terms = new LinkedHashMap<>();
    terms.put(OUTPUT, output(branch));
    terms.put(INVESTMENT, investment(branch));
    terms.put(COSTS, costs(branch));
    terms.put(HOURS, hours(branch));
    return terms;
  }

  /** C = Y - I - AC_k - AC_n. */
  private Expression consumption() {
    return OUTPUT.minus(INVESTMENT).minus(COSTS);
  }

  /**
   * 1/p - C; and N less the hours that households supply at W, normalHours (W/theta)^(1/kappa).
   * Both are linear in totals, so that mixtures of decisions clear them, and fall in their price.
   */
  @Override
  public Map<Price, Term> residuals() {
    Map<Price, Term> residuals = new LinkedHashMap<>();
    residuals.put(p, Expression.constant(1).over(p).minus(consumption()));
    labour.ifPresent(W -> residuals.put(W, HOURS.minus(hoursSupplied(W))));
    return residuals;
  }

  private Expression hoursSupplied(Price W) {
    return W.times(1 / calibration.disutility())
        .pow(1 / calibration.inverseFrisch())
        .times(calibration.normalHours());
  }

  @Override
  public Map<String, Term> aggregates() {
    Map<String, Term> series = new LinkedHashMap<>();
    series.put("Y", OUTPUT);
    series.put("I", INVESTMENT);
    series.put("C", consumption());
    series.put("N", HOURS);
    series.put("w", wage());
    return series;
  }

  /** Lines through the steady states without adjustment costs, as the exact solver starts. */
  @Override
  public Optional<ForecastRules> coldStart() {
    return Optional.of(FrictionlessSteadyState.coldStart(chains));
  }

  @Override
  public Initial initial() {
    FirmHistogram firms = FirmHistogram.start(chains);
    double[] mass = new double[chains.cells()];
    Arrays.setAll(mass, firms::mass);
    return new Initial(
        chains.start().aggregateState(), Vector.of(firms.meanCapital()), Vector.of(mass));
  }
}
