package org.nnks.krusellsmith.declared;

import java.util.List;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.EconomyProvider;
import org.nnks.core.economy.NamedCalibration;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/** Brings the declared economy to every command of {@code nnks}. */
public final class HouseholdsProvider implements EconomyProvider<KrusellSmithCalibration> {

  @Override
  public String description() {
    return "Krusell and Smith (1998), declared: krusell-smith for the methods that know no economy";
  }

  @Override
  public List<NamedCalibration<KrusellSmithCalibration>> calibrations() {
    return List.of(
        new NamedCalibration<>(
            "jedc2010",
            "Den Haan, Judd and Juillard (2010): unemployment risk",
            KrusellSmithCalibration.jedc2010()),
        new NamedCalibration<>(
            "liu2024",
            "Liu (2024), Table 1: labour productivity risk",
            KrusellSmithCalibration.liu2024()));
  }

  @Override
  public DeclaredEconomy economy(KrusellSmithCalibration calibration) {
    return new KrusellSmithDeclaration(calibration);
  }
}
