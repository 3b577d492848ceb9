package org.example;

import java.util.List;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.EconomyProvider;
import org.nnks.core.economy.NamedCalibration;

/** Brings {@link RevenueTax} to the command line. */
public final class RevenueTaxProvider implements EconomyProvider<RevenueTaxCalibration> {

  @Override
  public String description() {
    return "lumpy investment with a tax on revenue, given back to households";
  }

  @Override
  public List<NamedCalibration<RevenueTaxCalibration>> calibrations() {
    return List.of(
        new NamedCalibration<>("taxed", "a tax of 10 %", RevenueTaxCalibration.withTax(.1)),
        new NamedCalibration<>("untaxed", "no tax", RevenueTaxCalibration.withTax(0)));
  }

  @Override
  public DeclaredEconomy economy(RevenueTaxCalibration calibration) {
    return new RevenueTax(calibration);
  }
}
