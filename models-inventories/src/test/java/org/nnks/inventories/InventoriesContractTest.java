package org.nnks.inventories;

import org.junit.jupiter.api.Tag;
import org.nnks.core.contract.DeclaredEconomyContract;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.io.Records;

/**
 * {@link Inventories} with two aggregate states, between which short histories move often, keeps
 * what solvers and certificates rely on.
 */
@Tag("slow")
class InventoriesContractTest extends DeclaredEconomyContract {

  @Override
  protected DeclaredEconomy economy() {
    InventoriesCalibration baseline = InventoriesCalibration.khanThomas2007();
    return new Inventories(
        Records.with(Records.with(baseline, "aggregateStates", 2), "persistence", .8));
  }
}
