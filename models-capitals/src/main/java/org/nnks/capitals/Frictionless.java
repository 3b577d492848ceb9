package org.nnks.capitals;

import java.util.List;

/**
 * The stationary economy at A = 1 in which nothing costs anything to adjust, in closed form: a_j y
 * / k_j = 1/beta - 1 + delta_j, and hours such that p w = phi. The intervals of the economy lie
 * about it.
 */
final class Frictionless {

  private final double[] capital;
  private final double price;

  Frictionless(CapitalsCalibration calibration) {
    List<Kind> kinds = calibration.present();
    double[] perOutput = new double[kinds.size()];
    double replaced = 0;
    double shares = 0;
    double logs = 0;
    for (int j = 0; j < perOutput.length; j++) {
      Kind kind = kinds.get(j);
      perOutput[j] = kind.share() / (1 / calibration.discountFactor() - 1 + kind.depreciation());
      replaced += kind.depreciation() * perOutput[j];
      shares += kind.share();
      logs += kind.share() * Math.log(perOutput[j]);
    }
    double hours = calibration.labourShare() / (calibration.disutility() * (1 - replaced));
    double output = Math.exp((logs + calibration.labourShare() * Math.log(hours)) / (1 - shares));
    capital = new double[perOutput.length];
    for (int j = 0; j < capital.length; j++) {
      capital[j] = perOutput[j] * output;
    }
    price = 1 / (output * (1 - replaced));
  }

  /** Capital of a kind. */
  double capital(int j) {
    return capital[j];
  }

  /** p = 1/C. */
  double price() {
    return price;
  }
}
