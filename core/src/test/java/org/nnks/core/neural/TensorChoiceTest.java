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
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnks.core.agents.BranchChoice;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.symbolic.Expression;

/** The choice among branches on the device against that on the host. */
class TensorChoiceTest {

  private static final double UPPER = .3;
  private static final int CELLS = 40;

  static List<DeclaredEconomy> economies() {
    Branch payer = TwoStates.BRANCHES.get(1);
    return List.of(
        new TwoStates(new Choice.Best()),
        new TwoStates(new Choice.UniformCost(payer, Expression.constant(UPPER))),
        new TwoStates(new Choice.TasteShocks(.2)));
  }

  @ParameterizedTest
  @MethodSource("economies")
  void isThatOfTheHost(DeclaredEconomy economy) {
    double[][] values = new double[3][];
    for (int b = 0; b < 3; b++) {
      values[b] = new Seeds(b).stream("values").doubles(CELLS, 0, .8).toArray();
    }
    values[2][5] = values[0][5]; // a tie
    BranchChoice host = BranchChoice.of(economy, CELLS);
    host.choose(values, UPPER);
    try (NDManager manager = Device.cpu().newManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      TensorChoice choice = new TensorChoice(economy, manager, DataType.FLOAT64);
      NDList arrays = new NDList();
      for (double[] value : values) {
        NDArray array = manager.create(value, new Shape(CELLS));
        array.setRequiresGradient(true);
        arrays.add(array);
      }
      NDArray upper = manager.create(new double[] {UPPER}, new Shape(1));
      NDArray value = choice.value(arrays, upper);
      collector.backward(value.sum());
      NDList probabilities = choice.probabilities(arrays, upper);
      assertThat(value.toDoubleArray()).containsExactly(host.value(), within(1e-14));
      for (int b = 0; b < 3; b++) {
        assertThat(probabilities.get(b).toDoubleArray())
            .containsExactly(host.probability(b), within(1e-14));
        double[] slope = arrays.get(b).getGradient().toDoubleArray();
        for (int cell = 0; cell < CELLS; cell++) {
          if (cell != 5) { // the envelope: V moves with W_b by the probability of b
            assertThat(slope[cell]).isCloseTo(host.probability(b)[cell], within(1e-14));
          }
        }
      }
      assertThat(probabilities.get(3).toDoubleArray()).containsExactly(host.paid(), within(1e-14));
    }
  }
}
