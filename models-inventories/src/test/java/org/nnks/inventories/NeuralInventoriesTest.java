package org.nnks.inventories;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralPeriod;
import org.nnks.core.neural.NeuralPolicies;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.tensor.Readout;

/** Networks on firms for whom using nothing has an infinite slope, and stocks round to nothing. */
class NeuralInventoriesTest {

  @Test
  void trainingStaysFiniteAndNobodyKeepsMoreThanThereIs() {
    Inventories economy = new Inventories(InventoriesCalibration.khanThomas2007());
    NeuralTraining training =
        NeuralTraining.standard().withHidden(8, 8).withBatch(64).withSteps(10, 40, 30);
    try (NeuralBellman solver =
        new NeuralBellman(
            economy, training, Device.cpu(), DataType.FLOAT32, new Seeds(1), new Readout())) {
      solver.solve(Reference.rules()); // throws if a loss is not finite
      double[] stocks = {0, 1e-12, 1e-9, 1e-7, 1e-4, .5, economy.calibration().stockMax()};
      double[] moments = economy.initial().moments().toArray();
      try (NeuralPolicies policies = solver.policies(Reference.rules(), new double[][] {stocks});
          NeuralPeriod period = policies.period(2, moments)) {
        CellDecisions decided = period.decide(period.prices());
        for (int i = 0; i < stocks.length; i++) {
          assertThat(decided.control(0, 0)[i]).isBetween(0.0, (double) (float) stocks[i]);
        }
      }
    }
  }
}
