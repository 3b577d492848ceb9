package org.nnks.core.economy;

import java.util.List;

/** The documented economy and what students make of it. */
public final class StudentEconomies {

  private StudentEconomies() {}

  /** All of them. */
  public static List<DeclaredEconomy> all() {
    return List.of(
        TaxedFirms.of(0),
        TaxedFirms.of(.02),
        new FirmsPayingInGoods(),
        new FirmsWithCapitalPrices(),
        new FirmsWithConvexCosts(),
        new FirmsThatExit());
  }
}
