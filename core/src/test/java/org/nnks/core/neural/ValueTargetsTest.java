package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.economy.Choice;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/** Targets of the value network against the right-hand side itself, one state at a time. */
class ValueTargetsTest {

  private static final TwoStates ECONOMY = new TwoStates(new Choice.TasteShocks(.1));
  private static final int STATES = 6;
  private static final int INPUTS = 4;
  private static final int POINTS = 7;
  private static final double STEP = 1e-6;

  @ParameterizedTest
  @EnumSource(ExogenousForm.class)
  void targetsAreTheRightHandSideAndItsSlopes(ExogenousForm form) {
    NeuralTraining training = NeuralTraining.standard().withHidden(6, 5).withExogenous(form);
    Seeds seeds = new Seeds(3);
    try (NeuralNetworks networks =
            new NeuralNetworks(ECONOMY, training, Device.cpu(), DataType.FLOAT64, seeds);
        NDManager scope = Device.cpu().newManager()) {
      networks.believe(TwoStates.FORECASTS);
      Network target = networks.value().target().network();
      target.setValues(seeds.stream("w").doubles(target.values().length, -.5, .5).toArray());
      networks
          .value()
          .add(
              scope.create(
                  seeds.stream("affine").doubles(3 * STATES).toArray(), new Shape(3, STATES)));
      networks.value().rescale(scope.create(new double[] {.3}, new Shape(1)));
      Samples samples =
          new Samples(
              ECONOMY,
              networks.exogenous(),
              networks.manager(),
              DataType.FLOAT64,
              seeds.stream("points"));
      ValueTargets targets = ValueTargets.draw(networks, samples, POINTS, scope);
      double[] level = targets.level().toDoubleArray();
      double[] slopes = targets.slopes().toDoubleArray();
      double[] points = targets.inputs().toDoubleArray();
      int heads = level.length / POINTS;
      assertThat(heads).isEqualTo(form == ExogenousForm.HEADS ? STATES : 1);
      double[] own = targets.select().argMax(1).toType(DataType.FLOAT64, false).toDoubleArray();
      for (int n = 0; n < POINTS; n++) {
        for (int head = 0; head < heads; head++) {
          int h = heads == 1 ? (int) own[n] : head;
          double[] x = Arrays.copyOfRange(points, n * INPUTS, (n + 1) * INPUTS);
          List<NDArray> places = networks.fixedPlaces(point(networks, x, h, scope));
          assertThat(level[n * heads + head])
              .isCloseTo(solved(networks, x, h, places, scope), within(1e-10));
          for (int i = 0; i < INPUTS; i++) {
            double[] above = x.clone();
            double[] below = x.clone();
            above[i] += STEP;
            below[i] -= STEP;
            double slope =
                (solved(networks, above, h, places, scope)
                        - solved(networks, below, h, places, scope))
                    / (2 * STEP);
            assertThat(slopes[(i * POINTS + n) * heads + head])
                .as("input %d of point %d in state %d", i, n, h)
                .isCloseTo(slope, within(1e-5 * (1 + Math.abs(slope))));
          }
        }
      }
    }
  }

  private static Point point(NeuralNetworks networks, double[] x, int h, NDManager scope) {
    NDArray select = networks.exogenous().select(scope.create(new long[] {h}), scope);
    return networks.point(
        new Samples.Batch(
            select,
            networks.exogenous().levels(select),
            scope.create(x, new Shape(1, INPUTS)),
            new NDList()));
  }

  /** What the network has to be, in its own units, with controls at given places. */
  private static double solved(
      NeuralNetworks networks, double[] x, int h, List<NDArray> places, NDManager scope) {
    Point point = point(networks, x, h, scope);
    double right = networks.solved(point, places, scope).getDouble();
    double baseline = networks.value().baseline(point.symbols(), scope).getDouble();
    double[] affine = networks.value().affine().toDoubleArray();
    double known = affine[h] + affine[STATES + h] * x[2] + affine[2 * STATES + h] * x[3];
    return (right - baseline - known) / networks.value().scale().getDouble(0);
  }
}
