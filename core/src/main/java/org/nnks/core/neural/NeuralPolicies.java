package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.AgentPolicies;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.nets.Network;
import org.nnks.core.tensor.Readout;

/**
 * Decisions by policy networks at all cells of a distribution: own states, slowest, by points. What
 * depends on no period is on the device from the start.
 */
public final class NeuralPolicies implements AgentPolicies, AutoCloseable {

  private final NeuralNetworks networks;
  private final ForecastRules forecasts;
  private final Readout readout;
  private final NDManager manager;
  private final NDList stateInputs = new NDList();
  private final Map<String, NDArray> cells = new TreeMap<>();
  private final List<AlikePoints> alike;
  private final DecisionsBetween between;
  private final double[][] x;
  private final int points;
  private NeuralPeriod open;
  private OccupiedPeriod occupied;

  /**
   * Policies of agents at given points.
   *
   * @param x levels of each state at the points: (states, points)
   */
  NeuralPolicies(NeuralNetworks networks, ForecastRules forecasts, double[][] x, Readout readout) {
    this.networks = networks;
    this.forecasts = forecasts;
    this.readout = readout;
    manager = networks.device().newManager();
    DeclaredEconomy economy = networks.economy();
    this.x = x;
    between = new DecisionsBetween(economy);
    points = x[0].length;
    for (int s = 0; s < x.length; s++) {
      State state = economy.states().get(s);
      double[] scaled = Arrays.stream(x[s]).map(state::scaled).toArray();
      stateInputs.add(array(scaled, points, 1));
      cells.put(state.name(), array(x[s], 1, 1, points));
    }
    alike =
        branches().stream()
            .map(
                branch ->
                    new AlikePoints(
                        branch.relevantStates(),
                        economy.states(),
                        x,
                        manager,
                        networks.precision()))
            .toList();
    for (Exogenous variable : economy.exogenous()) {
      if (variable.own()) {
        cells.put(
            variable.name(), array(variable.levels().toArray(), 1, variable.levels().size(), 1));
      }
    }
  }

  private NDArray array(double[] values, long... shape) {
    return Network.create(manager, values, new Shape(shape), networks.precision());
  }

  @Override
  public NeuralPeriod period(int aggregateState, double[] moments) {
    closePeriods();
    open = new NeuralPeriod(this, aggregateState, moments);
    return open;
  }

  @Override
  public AgentPeriod period(int aggregateState, double[] moments, double[] mass) {
    int[] there = occupied(mass);
    if (there.length == points) {
      return period(aggregateState, moments);
    }
    closePeriods();
    double[][] levels =
        Arrays.stream(x)
            .map(levelsOf -> Arrays.stream(there).mapToDouble(i -> levelsOf[i]).toArray())
            .toArray(double[][]::new);
    NeuralPolicies agents = new NeuralPolicies(networks, forecasts, levels, readout);
    occupied = new OccupiedPeriod(agents, there, points, aggregateState, moments);
    return occupied;
  }

  /** The points at which there are agents of any own state. */
  private int[] occupied(double[] mass) {
    int[] there = new int[points];
    int count = 0;
    for (int i = 0; i < points; i++) {
      int cell = i;
      while (cell < mass.length && mass[cell] == 0) {
        cell += points;
      }
      if (cell < mass.length) {
        there[count++] = i;
      }
    }
    return Arrays.copyOf(there, count);
  }

  private void closePeriods() {
    if (open != null) {
      open.close();
      open = null;
    }
    if (occupied != null) {
      occupied.close();
      occupied = null;
    }
  }

  /** Names of the totals that agents add up to, in the order in which they are given. */
  public List<String> totals() {
    return networks.totals().stream().map(Total::name).toList();
  }

  NeuralNetworks networks() {
    return networks;
  }

  ForecastRules forecasts() {
    return forecasts;
  }

  Readout readout() {
    return readout;
  }

  /** Scaled states of the points: shape (points, 1) each. */
  NDList stateInputs() {
    return stateInputs;
  }

  /** States and own variables by name, broadcasting to shape (1, own states, points). */
  Map<String, NDArray> cells() {
    return cells;
  }

  /** The points as a branch tells them apart. */
  AlikePoints alike(int branch) {
    return alike.get(branch);
  }

  /** What is decided at prices between two candidates. */
  DecisionsBetween between() {
    return between;
  }

  /** The number of points. */
  int points() {
    return points;
  }

  /** The branches' equations. */
  List<BranchEquations> branches() {
    return networks.rightHandSide().branches();
  }

  @Override
  public void close() {
    closePeriods();
    manager.close();
  }
}
