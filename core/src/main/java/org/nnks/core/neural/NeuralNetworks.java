package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.agents.MomentBox;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Total;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * All networks of an economy on one device, with the scales that they see the world in and the
 * equations that they serve.
 */
final class NeuralNetworks implements AutoCloseable {

  private final DeclaredEconomy economy;
  private final Device device;
  private final DataType precision;
  private final NDManager manager;
  private final ExogenousStates exogenous;
  private final Scales scales;
  private final ValueNetwork value;
  private final List<Total> totals;
  private final RightHandSide rightHandSide;
  private final List<ContinuousPolicy> continuous = new ArrayList<>();
  private final DiscretePolicy discrete;
  private TensorForecasts forecasts;

  NeuralNetworks(
      DeclaredEconomy economy,
      NeuralTraining training,
      Device device,
      DataType precision,
      Seeds seeds) {
    this.economy = economy;
    this.device = device;
    this.precision = precision;
    if (training.exogenous() == ExogenousForm.INPUTS) {
      ExogenousStates.requireApart(economy);
    }
    manager = device.newManager();
    exogenous = new ExogenousStates(economy, manager, precision);
    scales = new Scales(economy, training.window(), manager, precision);
    value = new ValueNetwork(economy, scales, exogenous, training, device, precision, seeds);
    totals =
        economy.branches().stream()
            .flatMap(branch -> economy.contributions(branch).keySet().stream())
            .distinct()
            .sorted(Comparator.comparing(Total::name))
            .toList();
    rightHandSide = new RightHandSide(economy, totals, scales, manager, device, precision);
    for (BranchEquations branch : rightHandSide.branches()) {
      continuous.add(
          branch.controls() == 0
              ? null
              : new ContinuousPolicy(
                  economy, branch, exogenous, training, device, precision, seeds));
    }
    discrete =
        economy.branches().size() == 1 || training.branchRule() == BranchRule.VALUES
            ? null
            : new DiscretePolicy(
                economy,
                IntStream.range(0, economy.states().size()).boxed().toList(),
                rightHandSide.choice(),
                exogenous,
                training,
                device,
                precision,
                seeds);
  }

  DeclaredEconomy economy() {
    return economy;
  }

  Device device() {
    return device;
  }

  DataType precision() {
    return precision;
  }

  NDManager manager() {
    return manager;
  }

  ExogenousStates exogenous() {
    return exogenous;
  }

  Scales scales() {
    return scales;
  }

  ValueNetwork value() {
    return value;
  }

  RightHandSide rightHandSide() {
    return rightHandSide;
  }

  /** All totals that some branch adds to, by name. */
  List<Total> totals() {
    return totals;
  }

  /** The policy of a branch; null if it has no controls. */
  ContinuousPolicy continuous(int branch) {
    return continuous.get(branch);
  }

  /** The policies of all branches with controls. */
  List<ContinuousPolicy> continuous() {
    return continuous.stream().filter(policy -> policy != null).toList();
  }

  /** The discrete policy; null with one branch, or if branches are chosen by their values. */
  DiscretePolicy discrete() {
    return discrete;
  }

  /** Agents believe this from now on. */
  void believe(ForecastRules rules) {
    if (rules.moments().size() != economy.moments().size()
        || rules.prices().size() != economy.prices().size()
        || rules.states() != economy.aggregate().size()) {
      throw new IllegalArgumentException(
          "%s has %d moments, %d prices and %d aggregate states but the forecasts have %d, %d and %d"
              .formatted(
                  economy.name(),
                  economy.moments().size(),
                  economy.prices().size(),
                  economy.aggregate().size(),
                  rules.moments().size(),
                  rules.prices().size(),
                  rules.states()));
    }
    closeForecasts();
    forecasts = new TensorForecasts(rules, exogenous.own(), device, precision);
  }

  /** What agents believe, on the device. */
  TensorForecasts forecasts() {
    return forecasts;
  }

  /** Agents of a batch at its prices. */
  Point point(Samples.Batch batch) {
    return point(batch, batch.inputs(), false);
  }

  /** Agents at scaled inputs, at prices of the batch or at forecasts. */
  Point point(Samples.Batch batch, NDArray inputs, boolean atForecasts) {
    return new Point(
        economy,
        scales,
        exogenous,
        forecasts,
        batch.select(),
        batch.levels(),
        inputs,
        atForecasts ? new NDList() : batch.deviations());
  }

  /** The parameters of all continuous policies, in order. */
  NDList continuousParameters() {
    NDList parameters = new NDList();
    continuous().forEach(policy -> parameters.addAll(policy.network().network().parameters()));
    return parameters;
  }

  /**
   * Places of all controls, by branches.
   *
   * @param parameters as {@link #continuousParameters}, or leaves
   */
  List<NDArray> places(NDList parameters, Point point) {
    List<NDArray> places = new ArrayList<>();
    int first = 0;
    for (ContinuousPolicy policy : continuous) {
      if (policy == null) {
        places.add(null);
      } else {
        int count = policy.network().network().parameters().size();
        places.add(policy.places(new NDList(parameters.subList(first, first + count)), point));
        first += count;
      }
    }
    return places;
  }

  /** Where the policies are, as places that do not move with the agents' states. */
  List<NDArray> fixedPlaces(Point point) {
    List<NDArray> places = new ArrayList<>();
    for (NDArray place : places(continuousParameters(), point)) {
      places.add(place == null ? null : place.stopGradient());
    }
    return places;
  }

  /** V by the right-hand side of the Bellman equation, at rows: shape (n, 1). */
  NDArray solved(Point point, List<NDArray> places, NDManager scope) {
    NDList values = rightHandSide.values(point, places, value, scope);
    return rightHandSide.choice().value(values, rightHandSide.upper(point, scope));
  }

  /** Moves the box of moments; all networks keep their functions. */
  void moveMoments(MomentBox box) {
    Scales.Change change = scales.moveMoments(box);
    value.moveMoments(change);
    continuous().forEach(policy -> policy.network().moveMoments(change));
    if (discrete != null) {
      discrete.network().moveMoments(change);
    }
  }

  /** Moves the window of a price; all networks keep their functions. */
  void moveWindow(int l, double width) {
    Scales.Change change = scales.moveWindow(l, width);
    continuous().forEach(policy -> policy.network().rescalePrice(l, change));
    if (discrete != null) {
      discrete.network().rescalePrice(l, change);
    }
  }

  private void closeForecasts() {
    if (forecasts != null) {
      forecasts.close();
    }
  }

  @Override
  public void close() {
    closeForecasts();
    value.close();
    rightHandSide.close();
    continuous().forEach(ContinuousPolicy::close);
    if (discrete != null) {
      discrete.close();
    }
    manager.close();
  }
}
