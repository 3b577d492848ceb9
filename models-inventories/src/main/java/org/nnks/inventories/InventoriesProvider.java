package org.nnks.inventories;

import java.util.List;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.ExactProvider;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.NamedCalibration;

/** Brings the economy to every command of {@code nnks}. */
public final class InventoriesProvider implements ExactProvider<InventoriesCalibration> {

  @Override
  public String description() {
    return "Khan and Thomas (2007): (S,s) inventories of intermediate goods; two prices, two moments";
  }

  @Override
  public List<NamedCalibration<InventoriesCalibration>> calibrations() {
    return List.of(
        new NamedCalibration<>(
            "khan-thomas2007",
            "the baseline of Khan and Thomas (2007)",
            InventoriesCalibration.khanThomas2007()));
  }

  @Override
  public DeclaredEconomy economy(InventoriesCalibration calibration) {
    return new Inventories(calibration);
  }

  @Override
  public BellmanSolver exact(InventoriesCalibration calibration) {
    return new InventoriesSolver(calibration);
  }
}
