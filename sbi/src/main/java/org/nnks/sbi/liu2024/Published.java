package org.nnks.sbi.liu2024;

import org.nnks.core.numeric.Vector;

/** What Liu (2024) reports, in the order of {@link ShockProcesses#prior}. */
public final class Published {

  private Published() {}

  /** Posterior means, Table 5. */
  public static Vector mean() {
    return Vector.of(-0.003, 0.9445, 0.0271, 0.0061, 0.9411, 0.0258);
  }

  /** Posterior variances, Table 5. */
  public static Vector variance() {
    return Vector.of(2.05e-3, 4.68e-4, 3.5e-5, 1.9e-3, 4.57e-4, 7.56e-5);
  }

  /** 1 - posterior variance / prior variance, computed from Tables 3 and 5. */
  public static double contraction(int parameter) {
    return 1 - variance().get(parameter) / ShockProcesses.prior().variance(parameter);
  }
}
