package org.nnks.inventories;

import java.util.List;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.EconomyProvider;
import org.nnks.core.economy.NamedCalibration;

/** Brings the control economy to every command of {@code nnks}. */
public final class WithoutInventoriesProvider implements EconomyProvider<InventoriesCalibration> {

  @Override
  public String description() {
    return "Khan and Thomas (2007): their control, in which nobody holds inventories";
  }

  @Override
  public List<NamedCalibration<InventoriesCalibration>> calibrations() {
    return new InventoriesProvider().calibrations();
  }

  @Override
  public DeclaredEconomy economy(InventoriesCalibration calibration) {
    return new WithoutInventories(calibration);
  }
}
