package org.nnks.inventories;

import org.junit.jupiter.api.Tag;
import org.nnks.core.contract.DeclaredEconomyContract;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.io.Records;

/** {@link Inventories} with two aggregate states keeps what solvers and certificates rely on. */
@Tag("slow")
class InventoriesContractTest extends DeclaredEconomyContract {

  @Override
  protected DeclaredEconomy economy() {
    return new Inventories(
        Records.with(InventoriesCalibration.khanThomas2007(), "aggregateStates", 2));
  }
}
