package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;
import org.nnks.core.nets.InputBox;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.rbc.LogAutoregression;

/**
 * The Krusell-Smith economy with finitely many households, Liu (2024) sections 2.2 and 2.3: c + k'
 * = (1 + r) k + w y, prices from K and N of the households that are there. The action is c's share
 * of cash on hand, so that k' &gt;= 0.
 *
 * <p>Households see (k, own shock; z, K, N), from which prices follow, and the summary of the
 * cross-section if there is one. The paper's state {k_1..k_100; l_i, z} does not say which k is
 * one's own once it is pooled symmetrically, nor N.
 *
 * <p>Productivity and labour are continuous where they are autoregressions, integrated by
 * Gauss-Hermite quadrature; with unemployment risk all shocks are the economy's own chains.
 */
public final class HouseholdEnvironment implements Environment {

  /** Gauss-Hermite nodes of each autoregression: innovations are small, fifth degree suffices. */
  static final int NODES = 3;

  /** Mean capital of a multiple of the representative agent's is called an explosion. */
  private static final double EXPLODED = 4;

  /** log z and log N as [-1, 1]: standard deviations of z, and a share of N. */
  private static final double PRODUCTIVITY_SDS = 3;

  private static final double LABOUR_WIDTH = 0.05;

  /**
   * Own k is seen three times, as log(k + offset) with offsets of the income of a quarter, of nine
   * days and of two: consumption bends where k is small, and again where the next k' is at a bend.
   */
  private static final double[] OFFSET_INCOMES = {1, 0.1, 0.02};

  /** The share of labour income that the anchor's poorest save. */
  private static final double ANCHOR_SAVING = 0.1;

  /**
   * What is executed is within this factor of the share that keeps capital: who lives on a benefit
   * of .15 of a wage may eat several times as much.
   */
  private static final double BAND = 6;

  /**
   * If all consume the least that is executed, K settles at this multiple of the representative
   * agent's: below an explosion, and far above where good decisions bring it.
   */
  private static final double SETTLED = 3;

  /** Highest k of the input box, relative to K. */
  private static final double RICH = 6;

  private final KrusellSmith economy;
  private final KrusellSmithCalibration calibration;
  private final int agents;
  private final boolean chains;
  private final ShockProcess aggregate;
  private final ShockProcess idiosyncratic;
  private final double steadyCapital;
  private final double labourIncome;
  private final double persistentIncome;
  private final double[] offsets = new double[OFFSET_INCOMES.length];
  private final InputBox[] capitalBoxes = new InputBox[OFFSET_INCOMES.length];
  private final InputBox meanCapitalBox;
  private final double productivityScale;
  private final double labourScale;
  private final HouseholdStart start;

  /**
   * Households of an economy.
   *
   * @param agents N, at least 1; 100 in the paper
   */
  public HouseholdEnvironment(KrusellSmith economy, int agents) {
    if (agents < 1) {
      throw new IllegalArgumentException("an economy needs at least 1 agent but got " + agents);
    }
    economy.requireIncome();
    this.economy = economy;
    this.agents = agents;
    calibration = economy.calibration();
    chains = calibration.employment().atRisk();
    aggregate = chains ? new ChainShock(economy.aggregate()) : process(calibration.productivity());
    idiosyncratic = chains ? new EmploymentShock(economy) : process(calibration.labour());
    double beta = calibration.discountFactor();
    int middle = economy.aggregate().size() / 2;
    steadyCapital = economy.steadyCapital();
    labourIncome = economy.wage(middle, steadyCapital) * economy.meanLabour(middle);
    // The present value of income that is expected to return to its mean at rate rho.
    double persistence = chains ? 0.5 : calibration.labour().persistence();
    persistentIncome = (1 - beta) / (1 - beta * persistence);
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = OFFSET_INCOMES[i] * labourIncome;
      capitalBoxes[i] =
          new InputBox(Math.log(offsets[i]), Math.log(RICH * steadyCapital + offsets[i]));
    }
    meanCapitalBox =
        new InputBox(
            Math.log((1 - 2 * HouseholdStart.WIDTH) * steadyCapital),
            Math.log((1 + 2 * HouseholdStart.WIDTH) * steadyCapital));
    productivityScale =
        chains ? 1 : 1 / (PRODUCTIVITY_SDS * calibration.productivity().unconditionalSd());
    labourScale =
        chains || calibration.labour().sd() == 0
            ? 1
            : 1 / (PRODUCTIVITY_SDS * calibration.labour().unconditionalSd());
    int poorest = offsets.length - 1;
    start =
        new HouseholdStart(
            calibration,
            agents,
            aggregate,
            idiosyncratic,
            steadyCapital,
            capitalBoxes[poorest],
            offsets[poorest]);
  }

  private static ShockProcess process(LogAutoregression law) {
    return law.sd() == 0
        ? Autoregression.of(law.logMean(), 0, 0, 1)
        : Autoregression.of(law.logMean(), law.persistence(), law.sd(), NODES);
  }

  /** The economy that these households live in. */
  public KrusellSmith economy() {
    return economy;
  }

  /** A household of the economy's discrete states, such as a cell of its histogram. */
  public AgentState household(int aggregateState, int state, double capital, double meanCapital) {
    double labour = chains ? state : Math.log(economy.income(aggregateState, state));
    double productivity =
        chains ? aggregateState : Math.log(economy.aggregate().level(aggregateState));
    return new AgentState(
        capital, labour, productivity, meanCapital, economy.meanLabour(aggregateState));
  }

  @Override
  public String name() {
    return KrusellSmith.NAME;
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  @Override
  public int agents() {
    return agents;
  }

  @Override
  public ShockProcess aggregateShock() {
    return aggregate;
  }

  @Override
  public ShockProcess idiosyncraticShock() {
    return idiosyncratic;
  }

  /** K of the representative agent without shocks. */
  public double steadyCapital() {
    return steadyCapital;
  }

  @Override
  public double efficiency(double labour) {
    return chains
        ? calibration.employment().labour().get((int) labour / productivities())
            * economyLabour((int) labour)
        : Math.exp(labour);
  }

  private int productivities() {
    return economy.states() / calibration.employment().states();
  }

  /** l of an idiosyncratic state. */
  private double economyLabour(int state) {
    return calibration.labour().chain().level(state % productivities());
  }

  @Override
  public CrossSection start(RandomGenerator random) {
    return start.draw(random);
  }

  @Override
  public int inputs() {
    return 4 + offsets.length;
  }

  @Override
  public void writeInputs(AgentState state, double[] rows, int at) {
    rows[at] = labourInput(state.labour());
    rows[at + 1] =
        chains
            ? 2 * state.productivity() / (economy.aggregate().size() - 1) - 1
            : productivityScale * (state.productivity() - calibration.productivity().logMean());
    rows[at + 2] = meanCapitalBox.scale(Math.log(state.meanCapital()));
    // N of an economy with unemployment risk is known from z but for sampling error.
    rows[at + 3] =
        Math.log(state.meanLabour() / expectedLabour(state.productivity())) / LABOUR_WIDTH;
    for (int i = 0; i < offsets.length; i++) {
      rows[at + 4 + i] = capitalBoxes[i].scale(Math.log(state.capital() + offsets[i]));
    }
  }

  private double labourInput(double labour) {
    return chains
        ? 2 * labour / Math.max(1, economy.states() - 1) - 1
        : labourScale * (labour - calibration.labour().logMean());
  }

  private double expectedLabour(double productivity) {
    return economy.meanLabour(chains ? (int) productivity : 0);
  }

  @Override
  public void writeMember(double capital, double labour, double[] rows, int at) {
    rows[at] = capitalBoxes[0].scale(Math.log(capital + offsets[0]));
    rows[at + 1] = labourInput(labour);
  }

  /** Prices and cash of one household. */
  private record Budget(double gross, double wage, double income, double cash) {}

  private Budget budget(AgentState state) {
    double level =
        chains
            ? economy.aggregate().level((int) state.productivity())
            : Math.exp(state.productivity());
    double alpha = calibration.capitalShare();
    double ratio = state.meanCapital() / state.meanLabour();
    double perUnit = level * Math.pow(ratio, alpha); // z (K/N)^alpha
    double gross = 1 - calibration.depreciation() + alpha * perUnit / ratio; // (3)
    double pay = (1 - alpha) * perUnit; // (4)
    double income =
        chains
            ? economy.income((int) state.productivity(), (int) state.labour())
            : Math.exp(state.labour());
    return new Budget(gross, pay, income, gross * state.capital() + pay * income);
  }

  @Override
  public Outcome outcome(AgentState state, double action) {
    Budget budget = budget(state);
    return new Outcome(
        Math.log(action * budget.cash()),
        1 / action,
        budget.gross() / budget.cash(),
        (1 - action) * budget.cash(),
        -budget.cash(),
        (1 - action) * budget.gross());
  }

  /** (r k + w y) / cash, but the poorest save a little. */
  @Override
  public double keepingAction(AgentState state) {
    Budget budget = budget(state);
    double kept = state.capital() + ANCHOR_SAVING * labourIncome;
    return 1 / (1 + kept / consumption(state, budget));
  }

  @Override
  public double lowestAction(AgentState state) {
    Budget budget = budget(state);
    double cash = budget.gross() * state.meanCapital() + budget.wage() * state.meanLabour();
    return Math.max(keepingAction(state) / BAND, 1 - SETTLED * steadyCapital / cash);
  }

  /** At least the lowest, which is the same for all where capital is near its bound. */
  @Override
  public double highestAction(AgentState state) {
    return Math.min(Math.max(keepingAction(state) * BAND, lowestAction(state)), 1);
  }

  /** Consumption that keeps capital at today's prices if income is at its present value. */
  private double consumption(AgentState state, Budget budget) {
    double mean = expectedLabour(state.productivity());
    double income = mean + persistentIncome * (budget.income() - mean);
    // Net returns fall below zero only far off the equilibrium: an anchor needs no better answer.
    return Math.max(budget.gross() - 1, 0) * state.capital() + budget.wage() * income;
  }

  @Override
  public double anchorValue(AgentState state) {
    return Math.log(consumption(state, budget(state)));
  }

  @Override
  public AgentState steadyAgent() {
    int middle = economy.aggregate().size() / 2;
    return household(middle, economy.states() / 2, steadyCapital, steadyCapital);
  }

  @Override
  public double steadyShare(AgentState state) {
    AgentState steady = steadyAgent();
    return keepingAction(steady) * budget(steady).cash() / budget(state).cash();
  }

  @Override
  public double explodedCapital() {
    return EXPLODED * steadyCapital;
  }
}
