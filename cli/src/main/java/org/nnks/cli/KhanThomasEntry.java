package org.nnks.cli;

import java.util.List;
import org.nnks.core.archive.RunResults;
import org.nnks.core.model.Economy;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasCalibration;
import org.nnks.khanthomas.KhanThomasTables;

/** Khan and Thomas (2008). */
final class KhanThomasEntry implements ModelEntry<KhanThomasCalibration> {

  @Override
  public String name() {
    return KhanThomas.NAME;
  }

  @Override
  public String description() {
    return "Khan and Thomas (2008): lumpy investment with fixed costs; calibration of Terry (2017)";
  }

  @Override
  public KhanThomasCalibration calibration() {
    return KhanThomasCalibration.terry2017();
  }

  @Override
  public Class<KhanThomasCalibration> calibrationType() {
    return KhanThomasCalibration.class;
  }

  @Override
  public Economy economy(KhanThomasCalibration calibration) {
    return new KhanThomas(calibration);
  }

  @Override
  public List<ComparisonTable> tables(RunResults results, double solveSeconds) {
    return List.of(
        KhanThomasTables.times(results.history(), solveSeconds),
        KhanThomasTables.bellmanErrors(results.accuracy()),
        KhanThomasTables.businessCycle(results.moments()),
        KhanThomasTables.forecasts(results.accuracy()),
        KhanThomasTables.forecastsByState(results.accuracy()),
        KhanThomasTables.investmentRates(results.moments().investmentRates()));
  }
}
