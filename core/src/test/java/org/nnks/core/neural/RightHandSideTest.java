package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/** The right-hand side on the device against sums over next states in plain loops. */
class RightHandSideTest {

  private static final TwoStates ECONOMY = new TwoStates(new Choice.Best());
  private static final ForecastRules FORECASTS = TwoStates.FORECASTS;

  private NeuralNetworks networks;
  private final NDManager manager = Device.cpu().newManager();

  @AfterEach
  void close() {
    networks.close();
    manager.close();
  }

  private void open(NeuralTraining training) {
    networks = new NeuralNetworks(ECONOMY, training, Device.cpu(), DataType.FLOAT64, new Seeds(2));
    networks.believe(FORECASTS);
    // Networks that are something else than zero, and what is affine in moments.
    Network value = networks.value().network();
    value.setValues(new Seeds(3).stream("w").doubles(value.values().length, -.5, .5).toArray());
    networks.value().target().network().setValues(value.values());
    networks
        .value()
        .add(manager.create(new Seeds(4).stream("affine").doubles(18).toArray(), new Shape(3, 6)));
    networks.value().rescale(manager.create(new double[] {.3}, new Shape(1)));
    networks
        .continuous()
        .forEach(
            policy -> {
              Network network = policy.network().network();
              network.setValues(
                  new Seeds(5).stream("p").doubles(network.values().length, -1, 1).toArray());
            });
  }

  private static NeuralTraining small() {
    return NeuralTraining.standard().withHidden(6, 5).withWindow(.05);
  }

  private final double[] scaled = {-.3, .2, .4, -.1, .5, -.6, .1, .7, -.9, .9, -.2, .3};
  private final int[] states = {1, 5, 3};
  private final double[][] deviations = {{.3, -.2}, {-.8, .5}, {.1, 1}};

  private Point point() {
    return networks.point(batch(scaled));
  }

  private static double evaluate(Term term, Map<String, Double> symbols) {
    Program program = new Program(0, Map.of(), List.of(term));
    symbols.forEach(program::set);
    return program.evaluate(0)[0];
  }

  private static double moment(int j, double scaled) {
    double low = Math.log(ECONOMY.moments().get(j).lower());
    double high = Math.log(ECONOMY.moments().get(j).upper());
    return Math.exp((low + high + scaled * (high - low)) / 2);
  }

  /** V(x, h; m), given the network's own output there. */
  private double value(double[] x, int h, double[] moments) {
    double[] inputs = new double[4];
    for (int s = 0; s < 2; s++) {
      inputs[s] = ECONOMY.states().get(s).scaled(x[s]);
    }
    double[] logs = Arrays.stream(moments).map(Math::log).toArray();
    System.arraycopy(networks.scales().scaledMoments(logs), 0, inputs, 2, 2);
    NDArray select = networks.exogenous().select(manager.create(new long[] {h}), manager);
    double[] outputs =
        networks
            .value()
            .networkWithSlopes(
                networks.value().network().parameters(),
                manager.create(inputs, new Shape(1, 4)),
                select)
            .get(0)
            .toDoubleArray();
    double network = outputs[outputs.length == 1 ? 0 : h];
    double[] prices = FORECASTS.prices(h / 3, moments);
    double p = prices[0];
    double a = TwoStates.A.levels().get(h / 3);
    double z = TwoStates.Z.levels().get(h % 3);
    double k = x[0];
    double l = x[1];
    // what no control changes in the payoff of buying
    double baseline =
        p * (a * z * Math.pow(k, .3) * Math.pow(l, .4) - prices[1] * l * .5) + p * .9 * k - .02;
    double[] affine = networks.value().affine().toDoubleArray();
    double chosen = affine[h] + affine[6 + h] * inputs[2] + affine[12 + h] * inputs[3];
    // -p (k' - .9 k) is split; -p (l' - l)^2 .3 is not
    return baseline + chosen + networks.value().scale().getDouble(0) * network;
  }

  @ParameterizedTest
  @EnumSource(ExogenousForm.class)
  void branchesAreWorthTheirPayoffAndTheExpectedValueWhereTheyLead(ExogenousForm form) {
    open(small().withExogenous(form));
    Point point = point();
    List<NDArray> places = networks.places(networks.continuousParameters(), point);
    NDList values = networks.rightHandSide().values(point, places, networks.value(), manager);
    int[] sellers = new int[2]; // who do and who do not
    for (int row = 0; row < 3; row++) {
      int h = states[row];
      Map<String, Double> symbols = new HashMap<>();
      double[] x = new double[2];
      double[] moments = new double[2];
      for (int s = 0; s < 2; s++) {
        x[s] = ECONOMY.states().get(s).unscaled(scaled[4 * row + s]);
        moments[s] = moment(s, scaled[4 * row + 2 + s]);
        symbols.put(ECONOMY.states().get(s).name(), x[s]);
      }
      double[] prices = FORECASTS.prices(h / 3, moments);
      symbols.put("p", prices[0] * Math.exp(.05 * deviations[row][0]));
      symbols.put("w", prices[1] * Math.exp(.05 * deviations[row][1]));
      symbols.put("A", TwoStates.A.levels().get(h / 3));
      symbols.put("z", TwoStates.Z.levels().get(h % 3));
      double[] next = FORECASTS.nextMoments(h / 3, moments);
      for (int j = 0; j < 2; j++) {
        next[j] =
            Math.max(
                ECONOMY.moments().get(j).lower(),
                Math.min(ECONOMY.moments().get(j).upper(), next[j]));
      }
      for (int b = 0; b < 3; b++) {
        Branch branch = ECONOMY.branches().get(b);
        if (b > 0) {
          double left = .9 * x[0];
          double low = b == 1 ? Math.max(.3, left) : .3;
          double high = 6; // of selling, too, whose range is open
          double[] place = places.get(b).toDoubleArray();
          symbols.put("k'", low * Math.pow(high / low, place[row * (b == 1 ? 2 : 1)]));
          if (b == 1) {
            symbols.put("l'", .5 + place[2 * row + 1]); // three times .5 is not more than 3 times
          }
        }
        double[] to = new double[2];
        for (int s = 0; s < 2; s++) {
          State state = ECONOMY.states().get(s);
          to[s] = state.grid().clamp(evaluate(ECONOMY.next(branch).get(state), symbols));
        }
        double expected = evaluate(ECONOMY.payoff(branch), symbols);
        for (int after = 0; after < 6; after++) {
          expected +=
              .9
                  * .95
                  * ECONOMY.aggregate().probability(h / 3, after / 3)
                  * ECONOMY.own().probability(h % 3, after % 3)
                  * value(to, after, next);
        }
        double value = values.get(b).toDoubleArray()[row];
        if (b == 2 && symbols.get("k'") > .9 * x[0]) {
          sellers[1]++;
          assertThat(value).as("who would rather buy").isCloseTo(expected - 1e9, within(1e-6));
        } else {
          sellers[0] += b == 2 ? 1 : 0;
          assertThat(value)
              .as("%s in row %s", branch.name(), row)
              .isCloseTo(expected, within(1e-12));
        }
      }
    }
  }

  @Test
  void aBranchThatAllowsNothingIsNeverChosen() {
    open(small());
    NDArray select = networks.exogenous().select(manager.create(new long[] {0}), manager);
    // at the lowest capital, what is left is below the lowest level: nothing can be sold
    NDArray inputs = manager.create(new double[] {-1, 0, 0, 0}, new Shape(1, 4));
    NDList none = new NDList(manager.zeros(new Shape(1, 1), DataType.FLOAT64));
    none.add(none.get(0));
    Point point =
        networks.point(
            new Samples.Batch(select, networks.exogenous().levels(select), inputs, none));
    NDList values =
        networks
            .rightHandSide()
            .values(
                point,
                networks.places(networks.continuousParameters(), point),
                networks.value(),
                manager);
    NDArray upper = networks.rightHandSide().upper(point, manager);
    NDList probabilities = networks.rightHandSide().choice().probabilities(values, upper);
    assertThat(probabilities.get(2).toDoubleArray()[0]).isZero();
    assertThat(networks.rightHandSide().choice().value(values, upper).toDoubleArray()[0])
        .isGreaterThan(-100);
  }

  @Test
  void controlsDependOnNoStateThatTheEquationsLeaveOut() {
    open(small());
    assertThat(networks.rightHandSide().branches().get(1).relevantStates()).containsExactly(0, 1);
    // What sellers keep no bound moves, and labour leaves: its quadratic cost is of buyers only.
    assertThat(networks.rightHandSide().branches().get(2).relevantStates()).doesNotContain(0);
    DeclaredEconomy firms = new org.nnks.core.economy.TaxedFirms(.1, .02);
    try (NeuralNetworks other =
        new NeuralNetworks(firms, small(), Device.cpu(), DataType.FLOAT64, new Seeds(2))) {
      assertThat(other.rightHandSide().branches().get(1).relevantStates()).isEmpty();
    }
  }

  private Samples.Batch batch(double[] inputs) {
    NDArray select = networks.exogenous().select(manager.create(new long[] {1, 5, 3}), manager);
    NDList columns = new NDList();
    for (int l = 0; l < 2; l++) {
      columns.add(
          manager.create(
              new double[] {deviations[0][l], deviations[1][l], deviations[2][l]},
              new Shape(3, 1)));
    }
    return new Samples.Batch(
        select,
        networks.exogenous().levels(select),
        manager.create(inputs, new Shape(3, 4)),
        columns);
  }

  /** Slopes in states and moments, which L_val learns, at given places of the controls. */
  @ParameterizedTest
  @EnumSource(ExogenousForm.class)
  void slopesInStatesAndMomentsAreThoseOfFiniteDifferences(ExogenousForm form) {
    open(small().withExogenous(form));
    List<NDArray> places = networks.places(networks.continuousParameters(), point());
    Samples.Batch batch = batch(scaled);
    NDArray inputs = batch.inputs();
    inputs.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      Point point = networks.point(batch, inputs, true);
      collector.backward(networks.solved(point, places, manager).sum());
    }
    double[] slopes = inputs.getGradient().toDoubleArray();
    double step = 1e-6;
    for (int i = 0; i < scaled.length; i++) {
      double[] moved = scaled.clone();
      moved[i] += step;
      double up = solved(moved, places);
      moved[i] -= 2 * step;
      assertThat(slopes[i])
          .as("input %s", i)
          .isCloseTo((up - solved(moved, places)) / (2 * step), within(1e-6));
    }
  }

  private double solved(double[] inputs, List<NDArray> places) {
    Samples.Batch batch = batch(inputs);
    Point point = networks.point(batch, batch.inputs(), true);
    return networks.solved(point, places, manager).sum().getDouble();
  }

  /** What L_cont climbs: the values of branches in the parameters of the continuous policies. */
  @ParameterizedTest
  @EnumSource(ExogenousForm.class)
  void slopesInThePoliciesParametersAreThoseOfFiniteDifferences(ExogenousForm form) {
    open(small().withExogenous(form));
    Point point = point();
    NDList parameters = networks.continuousParameters();
    Gradients gradients =
        Gradients.of(parameters, manager, leaves -> sum(point, networks.places(leaves, point)));
    double[] analytic = gradients.values();
    double[] weights = Parameters.values(parameters);
    double step = 1e-5;
    for (int w = 0; w < weights.length; w += 11) {
      double[] moved = weights.clone();
      moved[w] += step;
      Parameters.set(parameters, moved);
      double up = sum(point, networks.places(parameters, point)).getDouble();
      moved[w] -= 2 * step;
      Parameters.set(parameters, moved);
      double down = sum(point, networks.places(parameters, point)).getDouble();
      assertThat(analytic[w]).isCloseTo((up - down) / (2 * step), within(1e-6));
    }
  }

  private NDArray sum(Point point, List<NDArray> places) {
    NDArray sum = networks.rightHandSide().value(0, point, null, networks.value(), manager);
    for (int b = 1; b < 3; b++) {
      sum =
          sum.add(
              networks.rightHandSide().value(b, point, places.get(b), networks.value(), manager));
    }
    return sum.sum();
  }
}
