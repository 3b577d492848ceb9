package org.nnks.khanthomas;

import java.util.Map;
import java.util.Set;
import org.nnks.khanthomas.exact.EconomyContract;
import org.nnks.khanthomas.exact.LumpyInvestment;

class KhanThomasContractTest extends EconomyContract<KhanThomasCalibration> {

  @Override
  protected KhanThomasCalibration calibration() {
    return KhanThomasCalibration.terry2017();
  }

  @Override
  protected LumpyInvestment economy(KhanThomasCalibration calibration) {
    return new KhanThomas(calibration);
  }

  @Override
  protected KhanThomasCalibration calibrationInWhichEveryFieldMatters() {
    return calibration().withSubsidyElasticity(.25).withMaintenance(.011);
  }

  @Override
  protected Map<String, String> changes() {
    return Map.of(
        "volatilityElasticity", "25",
        "discretisation", "ROUWENHORST",
        "discountFactor", "0.97", // five percent more would be above one
        "subsidyThreshold", "2.5"); // beyond the next node of the histogram
  }

  /**
   * With an elastic wage two prices clear: the declared economy's, see {@link FiniteFrischTest}.
   */
  @Override
  protected Set<String> fieldsOfAnotherEconomy() {
    return Set.of("inverseFrisch", "normalHours");
  }
}
