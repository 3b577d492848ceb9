package org.nnks.core.contract;

import org.nnks.core.model.Economy;

class TinyEconomyTest extends EconomyContract<TinyEconomy.Calibration> {

  @Override
  protected TinyEconomy.Calibration calibration() {
    return TinyEconomy.Calibration.standard();
  }

  @Override
  protected Economy economy(TinyEconomy.Calibration calibration) {
    return new TinyEconomy(calibration);
  }
}
