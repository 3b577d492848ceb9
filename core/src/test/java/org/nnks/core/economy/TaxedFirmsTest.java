package org.nnks.core.economy;

import org.nnks.core.contract.DeclaredEconomyContract;

class TaxedFirmsTest extends DeclaredEconomyContract {

  @Override
  protected DeclaredEconomy economy() {
    return TaxedFirms.of(.02);
  }
}
