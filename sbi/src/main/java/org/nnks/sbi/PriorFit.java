package org.nnks.sbi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnks.core.numeric.Vector;

/**
 * Whether parameters of simulations look drawn from a prior, or lie on an even grid of it: the
 * distance of their empirical distribution from the law, after Kolmogorov. A posterior is learned
 * under the law that the simulations follow, so with another prior it is another posterior.
 *
 * @param name of the parameter
 * @param distance largest gap between the two distribution functions
 * @param pValue what a larger gap would come with, if all were independent draws from the law
 */
public record PriorFit(String name, double distance, double pValue) {

  /** One in a million: who sees this looks at the prior, so it must not cry wolf. */
  private static final double LEVEL = 1e-6;

  /** Whether the parameter follows another law. */
  public boolean rejected() {
    return pValue < LEVEL;
  }

  /**
   * The fit of each parameter, with those of draws that could not be simulated; none under a joint
   * density, whose marginal laws nobody knows.
   */
  public static List<PriorFit> of(Prior prior, Simulations simulations) {
    prior.requireNames("simulations", simulations.names());
    List<PriorFit> fits = new ArrayList<>();
    if (prior.joint().isPresent()) {
      return fits;
    }
    List<Vector> all = new ArrayList<>(simulations.failedTheta());
    for (int i = 0; i < simulations.size(); i++) {
      all.add(simulations.theta(i));
    }
    for (int j = 0; j < prior.size(); j++) {
      int parameter = j;
      Parameter law = prior.parameters().get(j);
      fits.add(
          of(law.name(), all.stream().mapToDouble(t -> below(law, t.get(parameter))).toArray()));
    }
    return fits;
  }

  /** The probability of a smaller value. */
  private static double below(Parameter law, double value) {
    if (!law.contains(value)) {
      return value < law.lower() ? 0 : 1;
    }
    return StandardNormal.cumulative(law.toNormal(value));
  }

  private static PriorFit of(String name, double[] shares) {
    Arrays.sort(shares);
    int n = shares.length;
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double above = (i + 1.0) / n - shares[i];
      double below = shares[i] - (double) i / n;
      distance = Math.max(distance, Math.max(above, below));
    }
    // Massart (1990): an upper bound for every n, and exact in the limit.
    return new PriorFit(name, distance, Math.min(1, 2 * Math.exp(-2 * n * distance * distance)));
  }
}
