package org.nnks.core.economy;

import org.junit.jupiter.api.Tag;
import org.nnks.core.contract.DeclaredEconomyContract;

/** Two states, three branches, two prices and two moments at once. */
@Tag("paper")
class FirmsWithLabourTest extends DeclaredEconomyContract {

  @Override
  protected DeclaredEconomy economy() {
    return new FirmsWithLabour();
  }

  @Override
  protected int periods() {
    return 100;
  }
}
