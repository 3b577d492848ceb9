package org.nnks.khanthomas.exact;

class TinyEconomyTest extends EconomyContract<TinyEconomy.Calibration> {

  @Override
  protected TinyEconomy.Calibration calibration() {
    return TinyEconomy.Calibration.standard();
  }

  @Override
  protected LumpyInvestment economy(TinyEconomy.Calibration calibration) {
    return new TinyEconomy(calibration);
  }
}
