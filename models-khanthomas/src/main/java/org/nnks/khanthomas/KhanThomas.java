package org.nnks.khanthomas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnks.core.markov.Discretisation;
import org.nnks.core.markov.DiscretisedProcess;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Grid;
import org.nnks.khanthomas.exact.Decisions;
import org.nnks.khanthomas.exact.FixedCost;
import org.nnks.khanthomas.exact.Histogram;
import org.nnks.khanthomas.exact.InvestmentRates;
import org.nnks.khanthomas.exact.LumpyInvestment;
import org.nnks.khanthomas.exact.Market;

/**
 * The economy of Khan and Thomas (2008) as Terry (2017) and Yokomoto (2026, section 2) solve it:
 * firms with output z A k^alpha n^nu pay a random fixed cost, in hours, to invest; a household with
 * utility log C + phi (1 - N) owns them. Hence p = 1/C and w = W/p with W = phi.
 *
 * <p>With a finite Frisch elasticity 1/kappa the household's disutility is chi
 * N^(1+kappa)/(1+kappa), chi = phi / normalHours^kappa, and W = chi N^kappa clears beside p.
 *
 * <p>Labour is chosen statically. With e = 1/(1-nu) the first-order condition nu y = w n gives
 *
 * <pre>
 *   y(z,k) = (nu/w)^(nu e) (A z)^e k^(alpha e),   n = nu y / w,   profit = (1 - nu) y
 * </pre>
 *
 * <p>Terry's extensions are parameters that are zero in the baseline: volatility of z that moves
 * with A, a size-dependent labour subsidy (w becomes omega in the formulas above), and free
 * maintenance.
 */
public final class KhanThomas implements LumpyInvestment {

  /** The name on the command line. */
  public static final String NAME = "khan-thomas";

  private final KhanThomasCalibration calibration;
  private final MarkovChain aggregate;
  private final MarkovChain idiosyncratic;
  private final MarkovChain[] idiosyncraticByNext;
  private final List<String> warnings;
  private final Grid capital;
  private final Grid meanCapital;
  private final FixedCost fixedCost;
  private final double labourExponent;
  private final double[][] outputAtUnitWageTerm;
  private final double[][] hoursAtUnitWageTerm;

  /**
   * The fewest hours, as a share of normal ones, at which W is looked for: cycles move them 4 %.
   */
  static final double FEWEST_HOURS = .5;

  /** The most hours at which W is looked for. */
  static final double MOST_HOURS = 1.5;

  /** The economy with these parameters. */
  public KhanThomas(KhanThomasCalibration calibration) {
    this.calibration = calibration;
    DiscretisedProcess aggregateProcess =
        process(
            "aggregate productivity",
            calibration.aggregatePersistence(),
            calibration.aggregateSd(),
            calibration.aggregateStates());
    DiscretisedProcess idiosyncraticProcess =
        process(
            "idiosyncratic productivity",
            calibration.idiosyncraticPersistence(),
            calibration.idiosyncraticSd(),
            calibration.idiosyncraticStates());
    aggregate = aggregateProcess.chain();
    idiosyncratic = idiosyncraticProcess.chain();
    idiosyncraticByNext = new MarkovChain[aggregate.size()];
    List<String> found = new ArrayList<>();
    aggregateProcess
        .warning("raise aggregateStates, or set discretisation to ROUWENHORST")
        .ifPresent(found::add);
    idiosyncraticProcess
        .warning("raise idiosyncraticStates, or set discretisation to ROUWENHORST")
        .ifPresent(found::add);
    for (int a = 0; a < aggregate.size(); a++) {
      idiosyncraticByNext[a] = idiosyncratic;
      if (calibration.volatilityElasticity() != 0) {
        DiscretisedProcess moved = onMovingTo(a, idiosyncraticProcess);
        idiosyncraticByNext[a] = moved.chain();
        moved.warning("raise idiosyncraticStates and chainWidth").ifPresent(found::add);
      }
    }
    warnings = List.copyOf(found);
    capital =
        Grid.logarithmic(
            calibration.capitalMin(), calibration.capitalMax(), calibration.capitalNodes());
    meanCapital = Grid.linear(calibration.meanCapitalMin(), calibration.meanCapitalMax(), 2);
    fixedCost = new FixedCost(calibration.maxFixedCost(), calibration.disutility());
    labourExponent = calibration.labourShare() / (1 - calibration.labourShare());
    int cells = idiosyncratic.size() * capital.size();
    outputAtUnitWageTerm = new double[aggregate.size()][cells];
    hoursAtUnitWageTerm = new double[aggregate.size()][cells];
    for (int a = 0; a < aggregate.size(); a++) {
      for (int cell = 0; cell < cells; cell++) {
        double k = capital.get(cell % capital.size());
        double z = idiosyncratic.level(cell / capital.size());
        double output = productive(z, k, aggregate.level(a));
        outputAtUnitWageTerm[a][cell] = output;
        hoursAtUnitWageTerm[a][cell] = output / labourCost(k, aggregate.level(a));
      }
    }
  }

  /** The parameters. */
  public KhanThomasCalibration calibration() {
    return calibration;
  }

  @Override
  public String widening() {
    return "capitalMin or capitalMax";
  }

  /** p is the marginal utility of consumption, and W what an hour is worth in its unit. */
  @Override
  public String label(String variable) {
    return switch (variable) {
      case "p" -> "price p = 1/C";
      case "W" -> "price of hours W = p w";
      case "wait", "invest" -> "share of firms that " + variable;
      default ->
          InvestmentRates.label(variable).orElseGet(() -> LumpyInvestment.super.label(variable));
    };
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
  public MarkovChain idiosyncratic(int nextAggregateState) {
    return idiosyncraticByNext[nextAggregateState];
  }

  private DiscretisedProcess process(String name, double persistence, double sd, int states) {
    return DiscretisedProcess.of(
        calibration.discretisation().orElse(Discretisation.TAUCHEN),
        name,
        persistence,
        sd,
        states,
        calibration.chainWidth());
  }

  /** z with innovation s(A') sigma_z, log s(A) = -gamma_s log A, on the same grid. */
  private DiscretisedProcess onMovingTo(int aggregateState, DiscretisedProcess process) {
    double scale = Math.pow(aggregate.level(aggregateState), -calibration.volatilityElasticity());
    return process.withInnovation(
        "%s in lasting aggregate state %d".formatted(process.name(), aggregateState + 1),
        scale * calibration.idiosyncraticSd());
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public double freeAdjustment() {
    return calibration.maintenance();
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
  public Optional<PriceBracket> hoursPriceBracket() {
    return calibration.inverseFrisch() == 0
        ? Optional.empty()
        : Optional.of(
            new PriceBracket(
                supplyPrice(FEWEST_HOURS * calibration.normalHours()),
                supplyPrice(MOST_HOURS * calibration.normalHours())));
  }

  /** chi N^kappa: what households ask for an hour, in units of value. */
  private double supplyPrice(double hours) {
    return calibration.disutility()
        * Math.pow(hours / calibration.normalHours(), calibration.inverseFrisch());
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
    return profit(idiosyncratic, capital, aggregate, price, calibration.disutility());
  }

  @Override
  public double profit(
      double idiosyncratic, double capital, double aggregate, double price, double hoursPrice) {
    return price
        * (1 - calibration.labourShare())
        * wageTerm(price, hoursPrice)
        * productive(idiosyncratic, capital, aggregate);
  }

  /** (A z)^e k^(alpha e) (omega/w)^(-nu e): output up to the wage term. */
  private double productive(double idiosyncratic, double capital, double aggregate) {
    double e = 1 / (1 - calibration.labourShare());
    return Math.pow(aggregate * idiosyncratic, e)
        * Math.pow(capital, calibration.capitalShare() * e)
        * Math.pow(labourCost(capital, aggregate), -labourExponent);
  }

  /**
   * omega/w: what a firm pays for an hour relative to the wage, 1 - tau(A) in large firms and 1 +
   * tau(A) in small ones; the difference is rebated as a lump sum. Terry (2017) appendix D.1.
   */
  private double labourCost(double capital, double aggregate) {
    double tau = Math.pow(aggregate, calibration.subsidyElasticity()) - 1;
    return capital >= calibration.subsidyThreshold() ? 1 - tau : 1 + tau;
  }

  /** (nu/w)^(nu e) at w = W/p; W = phi in Yokomoto (2026) equation (25). */
  private double wageTerm(double price, double hoursPrice) {
    return Math.pow(calibration.labourShare() * price / hoursPrice, labourExponent);
  }

  @Override
  public Market market(int aggregateState, Histogram firms) {
    double productive = 0;
    double labour = 0;
    double undepreciated = 0;
    double[] output = outputAtUnitWageTerm[aggregateState];
    double[] hours = hoursAtUnitWageTerm[aggregateState];
    for (int cell = 0; cell < output.length; cell++) {
      productive += firms.mass(cell) * output[cell];
      labour += firms.mass(cell) * hours[cell];
      undepreciated += firms.mass(cell) * undepreciated(capital.get(cell % capital.size()));
    }
    return new GoodsMarket(firms, productive, labour, undepreciated);
  }

  /**
   * The goods market of one period. Output and labour up to the wage term, and (1-delta)K, are
   * known before any price is.
   */
  private final class GoodsMarket implements Market {

    private final Histogram firms;
    private final double productive;
    private final double labour;
    private final double undepreciated;

    private GoodsMarket(Histogram firms, double productive, double labour, double undepreciated) {
      this.firms = firms;
      this.productive = productive;
      this.labour = labour;
      this.undepreciated = undepreciated;
    }

    @Override
    public Aggregates at(double price, Decisions decisions) {
      return at(price, calibration.disutility(), decisions);
    }

    /** Yokomoto (2026) equations (20) to (23); hours include those spent on adjustment. */
    @Override
    public Aggregates at(double price, double hoursPrice, Decisions decisions) {
      double wage = hoursPrice / price;
      double wageTerm = wageTerm(price, hoursPrice);
      double output = wageTerm * productive;
      double hours = calibration.labourShare() * wageTerm * labour / wage;
      double investment = 0;
      int nodes = capital.size();
      boolean maintains = calibration.maintenance() > 0;
      for (int z = 0; z < idiosyncratic.size(); z++) {
        double target = decisions.target(z);
        for (int i = 0; i < nodes; i++) {
          int cell = z * nodes + i;
          double mass = firms.mass(cell);
          double left = undepreciated(capital.get(i));
          double adjusting = decisions.adjusting(cell);
          investment += mass * adjusting * (target - left);
          if (maintains) {
            investment += mass * (1 - adjusting) * (decisions.kept(cell) - capital.clamp(left));
          }
          hours += mass * decisions.adjustmentHours(cell);
        }
      }
      return new Aggregates(
          output, investment, output - investment, hours, wage, undepreciated + investment);
    }

    @Override
    public double excessHoursPrice(double hoursPrice, Aggregates aggregates) {
      return hoursPrice - supplyPrice(aggregates.hours());
    }
  }
}
