package org.example;

import org.nnks.core.contract.DeclaredEconomyContract;
import org.nnks.core.economy.DeclaredEconomy;

/** {@link RevenueTax} keeps what solvers, simulations and certificates rely on. */
class RevenueTaxContractTest extends DeclaredEconomyContract {

  @Override
  protected DeclaredEconomy economy() {
    return new RevenueTax(RevenueTaxCalibration.withTax(.1));
  }
}
