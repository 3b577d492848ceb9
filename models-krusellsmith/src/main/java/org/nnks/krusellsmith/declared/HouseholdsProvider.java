package org.nnks.krusellsmith.declared;

import java.util.List;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.EconomyProvider;
import org.nnks.core.economy.NamedCalibration;
import org.nnks.core.io.Records;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/** Brings the declared economy to every command of {@code nnks}. */
public final class HouseholdsProvider implements EconomyProvider<KrusellSmithCalibration> {

  /**
   * Highest k. Actions have as many nodes whatever the box, and the Euler error halves with the
   * box. Of the exact solver's households 1e-3 reach the end of a box of 120, 2e-7 that of 200.
   */
  private static final double HIGHEST = 150;

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
            inBox(KrusellSmithCalibration.jedc2010())),
        new NamedCalibration<>(
            "liu2024",
            "Liu (2024), Table 1: labour productivity risk",
            inBox(KrusellSmithCalibration.liu2024())));
  }

  @Override
  public DeclaredEconomy economy(KrusellSmithCalibration calibration) {
    return new KrusellSmithDeclaration(calibration);
  }

  private static KrusellSmithCalibration inBox(KrusellSmithCalibration calibration) {
    return Records.with(calibration, "capitalMax", HIGHEST);
  }
}
