package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.State;
import org.nnks.core.nets.Network;
import org.nnks.core.tensor.PushForward;

/**
 * One period of {@link NeuralPolicies}: all cells at all candidate prices in one batch. What is
 * asked for on the host takes one read, whatever the number of candidates.
 */
public final class NeuralPeriod implements AgentPeriod, AutoCloseable {

  private final NeuralPolicies policies;
  private final NeuralNetworks networks;
  private final DeclaredEconomy economy;
  private final int aggregateState;
  private final double[] nextMoments;
  private final double[] forecasts;
  private final NDManager manager;
  private final NDArray momentInputs;
  private final Map<String, NDArray> known;
  private final BranchValues branchValues;

  NeuralPeriod(NeuralPolicies policies, int aggregateState, double[] moments) {
    this.policies = policies;
    this.aggregateState = aggregateState;
    networks = policies.networks();
    economy = networks.economy();
    nextMoments = policies.forecasts().nextMoments(aggregateState, moments);
    forecasts = policies.forecasts().prices(aggregateState, moments);
    manager = networks.device().newManager();
    known = new HashMap<>(policies.cells());
    for (int j = 0; j < moments.length; j++) {
      known.put(economy.moments().get(j).name(), array(new double[] {moments[j]}, 1, 1, 1));
    }
    double[] logs = Arrays.stream(moments).map(Math::log).toArray();
    momentInputs = array(networks.scales().scaledMoments(logs), 1, moments.length);
    branchValues = new BranchValues(policies, aggregateState, momentInputs, manager);
    for (Exogenous variable : economy.exogenous()) {
      if (!variable.own()) {
        double level = variable.levels().get(aggregateState);
        known.put(variable.name(), array(new double[] {level}, 1, 1, 1));
      }
    }
  }

  private NDArray array(double[] values, long... shape) {
    return Network.create(manager, values, new Shape(shape), networks.precision());
  }

  @Override
  public double[] nextMoments() {
    return nextMoments.clone();
  }

  @Override
  public double[] prices() {
    return forecasts.clone();
  }

  /**
   * V of the value network at the points, under the forecasts of this period: own states, slowest,
   * by points, in units of V.
   */
  public double[] values() {
    try (NDManager scope = manager.newSubManager()) {
      int own = networks.exogenous().own();
      int points = policies.points();
      Map<String, NDArray> symbols = new HashMap<>(networks.exogenous().levels());
      economy.moments().forEach(m -> symbols.put(m.name(), known.get(m.name()).reshape(1, 1)));
      for (int l = 0; l < economy.prices().size(); l++) {
        symbols.put(
            economy.prices().get(l).name(),
            Network.create(
                scope, new double[] {forecasts[l]}, new Shape(1, 1), networks.precision()));
      }
      List<NDArray> levels = new ArrayList<>();
      for (State state : economy.states()) {
        levels.add(Arrange.in(scope, known.get(state.name())).reshape(points, 1));
      }
      NDList moments = new NDList();
      for (NDArray moment : Arrange.in(scope, momentInputs).split(economy.moments().size(), 1)) {
        moments.add(moment.broadcast(points, 1));
      }
      ValueNetwork value = networks.value();
      NDList parameters = value.network().parameters();
      NDArray all = value.inAllStates(parameters, levels, moments, symbols, scope);
      NDArray states =
          all.get(new NDIndex(":, {}:{}", aggregateState * own, (aggregateState + 1) * own));
      return policies.readout().read(states.transpose());
    }
  }

  /**
   * What the policy networks decide at the points, given prices: probabilities of branches and
   * levels of controls, own states slowest.
   */
  public CellDecisions decide(double... prices) {
    CellDecisions decided =
        new CellDecisions(economy.branches(), networks.exogenous().own() * policies.points());
    decide(new double[][] {prices}, new CellDecisions[] {decided});
    return decided;
  }

  /**
   * Decisions on the device, by branches; all broadcast to (candidates, own states, points). Values
   * are none where a network chooses.
   */
  private record Decisions(
      Map<String, NDArray> symbols,
      List<NDArray> probability,
      NDArray paid,
      List<List<NDArray>> levels,
      NDList values) {}

  private Decisions decide(double[][] prices, NDManager scope) {
    int candidates = prices.length;
    int n = economy.prices().size();
    double[] deviations = new double[candidates * Math.max(1, n)];
    Map<String, NDArray> symbols = new HashMap<>(known);
    for (int l = 0; l < n; l++) {
      double[] levels = new double[candidates];
      for (int c = 0; c < candidates; c++) {
        levels[c] = prices[c][l];
        deviations[c * n + l] =
            networks.scales().scaledDeviation(l, Math.log(prices[c][l] / forecasts[l]));
      }
      symbols.put(
          economy.prices().get(l).name(),
          Network.create(scope, levels, new Shape(candidates, 1, 1), networks.precision()));
    }
    NDArray deviation =
        Network.create(
            scope, deviations, new Shape(candidates, Math.max(1, n)), networks.precision());
    NDArray moment = Arrange.in(scope, momentInputs);
    List<List<NDArray>> distinct = new ArrayList<>();
    List<List<NDArray>> levels = new ArrayList<>();
    List<List<BranchEquations.Limits>> limits = new ArrayList<>();
    List<List<NDArray>> within = new ArrayList<>();
    for (int b = 0; b < economy.branches().size(); b++) {
      AlikePoints alike = policies.alike(b);
      ContinuousPolicy policy = networks.continuous(b);
      List<NDArray> places =
          policy == null
              ? List.of()
              : policy.places(aggregateState, alike.stateInputs(scope), moment, deviation);
      BranchEquations branch = policies.branches().get(b);
      limits.add(branch.limits(symbols, scope));
      List<BranchEquations.Limits> ofSorts =
          alike.spreads() ? branch.limits(alike.symbols(symbols), scope) : limits.get(b);
      distinct.add(branch.levels(ofSorts, places, scope));
      levels.add(distinct.get(b).stream().map(alike::spread).toList());
      within.add(branch.within(limits.get(b), levels.get(b)));
    }
    if (economy.branches().size() == 1) {
      NDArray one = Network.create(scope, new double[] {1}, new Shape(1), networks.precision());
      return new Decisions(symbols, List.of(one), one.sub(one), within, new NDList());
    }
    NDArray upper = networks.rightHandSide().upper(symbols, scope);
    NDList states = new NDList();
    policies.stateInputs().forEach(state -> states.add(Arrange.in(scope, state)));
    NDList values =
        networks.discrete() == null
            ? branchValues.at(symbols, distinct, levels, limits, scope)
            : new NDList();
    NDList chosen =
        networks.discrete() == null
            ? networks.rightHandSide().choice().probabilities(values, upper)
            : networks.discrete().probabilities(aggregateState, states, moment, deviation, upper);
    int last = chosen.size() - 1;
    return new Decisions(
        symbols, new ArrayList<>(chosen.subList(0, last)), chosen.get(last), within, values);
  }

  private Shape shape(int candidates) {
    return new Shape(candidates, networks.exogenous().own(), policies.points());
  }

  @Override
  public void decide(double[][] prices, CellDecisions[] decisions) {
    try (NDManager scope = manager.newSubManager()) {
      Decisions decided = decide(prices, scope);
      Shape shape = shape(prices.length);
      NDList all = new NDList(decided.paid().broadcast(shape));
      for (int b = 0; b < economy.branches().size(); b++) {
        all.add(decided.probability().get(b).broadcast(shape));
        decided.levels().get(b).forEach(level -> all.add(level.broadcast(shape)));
        if (tellsValues()) {
          all.add(decided.values().get(b).broadcast(shape));
        }
      }
      double[] numbers = policies.readout().read(NDArrays.stack(all, 0));
      int cells = networks.exogenous().own() * policies.points();
      for (int c = 0; c < prices.length; c++) {
        int part = 0;
        copy(numbers, part++, prices.length, c, decisions[c].paid(), cells);
        for (int b = 0; b < economy.branches().size(); b++) {
          copy(numbers, part++, prices.length, c, decisions[c].probability(b), cells);
          for (int u = 0; u < decided.levels().get(b).size(); u++) {
            copy(numbers, part++, prices.length, c, decisions[c].control(b, u), cells);
          }
          if (tellsValues()) {
            copy(numbers, part++, prices.length, c, decisions[c].value(b), cells);
          }
        }
      }
    }
  }

  /** Whether decisions between two prices follow from what branches are worth at these. */
  private boolean tellsValues() {
    return networks.discrete() == null && policies.between().takesBest();
  }

  @Override
  public void decideBetween(
      double[] prices, CellDecisions lower, CellDecisions upper, CellDecisions decisions) {
    if (!decidedBetween(prices, lower, upper, decisions)) {
      decide(new double[][] {prices}, new CellDecisions[] {decisions});
    }
  }

  /** Writes what decisions at two prices say of one between; false if they do not say it. */
  boolean decidedBetween(
      double[] prices, CellDecisions lower, CellDecisions upper, CellDecisions decisions) {
    boolean known = networks.discrete() == null || !policies.between().takesBest();
    return known && policies.between().decide(prices, lower, upper, decisions);
  }

  private static void copy(
      double[] numbers, int part, int candidates, int candidate, double[] to, int cells) {
    System.arraycopy(numbers, (part * candidates + candidate) * cells, to, 0, cells);
  }

  /**
   * Totals over agents at candidate prices: on the device up to the one read.
   *
   * @param prices vectors of candidates: (candidates, prices)
   * @param mass of agents: shape (own states, points), in double precision
   * @return (candidates, totals), in the order of {@link NeuralPolicies#totals}
   */
  public double[][] totals(double[][] prices, NDArray mass) {
    try (NDManager scope = manager.newSubManager()) {
      Decisions decided = decide(prices, scope);
      int count = networks.totals().size();
      NDArray[] sums = new NDArray[count];
      Map<String, NDArray> symbols = new HashMap<>(decided.symbols());
      symbols.put(Choice.UniformCost.PAID, decided.paid());
      NDArray weight = Arrange.in(scope, mass).expandDims(0);
      for (int b = 0; b < economy.branches().size(); b++) {
        BranchEquations branch = policies.branches().get(b);
        NDArray taking = decided.probability().get(b).toType(DataType.FLOAT64, false).mul(weight);
        NDList given =
            branch.contributions(branch.withControls(symbols, decided.levels().get(b)), scope);
        for (int t = 0; t < count; t++) {
          NDArray each = Arrange.in(scope, given.get(t)).toType(DataType.FLOAT64, false);
          NDArray sum = each.mul(taking).broadcast(shape(prices.length)).sum(new int[] {1, 2});
          sums[t] = sums[t] == null ? sum : sums[t].add(sum);
        }
      }
      double[] numbers = policies.readout().read(NDArrays.stack(new NDList(sums), 1));
      double[][] totals = new double[prices.length][count];
      for (int c = 0; c < prices.length; c++) {
        System.arraycopy(numbers, c * count, totals[c], 0, count);
      }
      return totals;
    }
  }

  /**
   * Where agents go at given prices: what {@link PushForward} moves mass with.
   *
   * @param prices of one candidate
   * @param scope receives all arrays
   */
  public List<PushForward.Flow> flows(double[] prices, NDManager scope) {
    Decisions decided = decide(new double[][] {prices}, scope);
    List<PushForward.Flow> flows = new ArrayList<>();
    for (int b = 0; b < economy.branches().size(); b++) {
      List<NDArray> next =
          policies
              .branches()
              .get(b)
              .outcome(decided.symbols(), decided.levels().get(b), scope)
              .next();
      flows.add(
          new PushForward.Flow(
              cells(decided.probability().get(b), scope),
              next.stream().map(level -> cells(level, scope)).toList()));
    }
    return flows;
  }

  private NDArray cells(NDArray array, NDManager scope) {
    return Arrange.in(scope, array)
        .broadcast(shape(1))
        .reshape(networks.exogenous().own(), policies.points());
  }

  @Override
  public void close() {
    manager.close();
  }
}
