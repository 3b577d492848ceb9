package org.nnks.sbi;

import org.nnks.core.io.InvalidInputException;

/** What simulations must be so that an estimator can be trained on them. Stateless. */
final class UsableSimulations {

  /** Farther from the middle of its law no draw lies: one in 10^23 does. */
  private static final double FARTHEST = 10;

  private UsableSimulations() {}

  /** Makes sure that there are enough of a prior's parameters, all of them in its support. */
  static void require(Prior prior, Simulations simulations) {
    prior.requireNames("simulations", simulations.names());
    if (simulations.size() < NeuralPosterior.MIN_SIMULATIONS) {
      throw new InvalidInputException(
          "training needs at least %d simulations but got %d (and %d failed ones); simulate more"
              .formatted(
                  NeuralPosterior.MIN_SIMULATIONS, simulations.size(), simulations.failures()));
    }
    for (int i = 0; i < simulations.size(); i++) {
      if (!prior.contains(simulations.theta(i))) {
        throw new InvalidInputException(
            "simulation %d: theta %s %s lies outside of the prior's support"
                .formatted(simulations.number(i), prior.names(), simulations.theta(i)));
      }
    }
  }

  /**
   * Makes sure that parameters vary and are not farther out than any draw from the prior is: both
   * would spoil what is learned from the others. Under a joint density only its user knows how far
   * that is.
   */
  static void requireDraws(Prior prior, Simulations simulations) {
    for (int j = 0; j < prior.size(); j++) {
      double first = simulations.theta(0).get(j);
      boolean varies = false;
      for (int i = 0; i < simulations.size(); i++) {
        double value = simulations.theta(i).get(j);
        varies |= value != first;
        if (prior.joint().isEmpty()
            && Math.abs(Bijector.PROBIT.toLearn(prior.parameters().get(j), value)) > FARTHEST) {
          throw new InvalidInputException(
              ("simulation %d: parameter '%s' is %s, more than %s standard deviations from the middle"
                      + " of its prior, so it was drawn from another: give the prior that it was"
                      + " drawn from")
                  .formatted(simulations.number(i), prior.names().get(j), value, FARTHEST));
        }
      }
      if (!varies) {
        throw new InvalidInputException(
            "parameter '%s' is %s in all simulations, so nothing can be learned of it"
                .formatted(prior.names().get(j), first));
      }
    }
  }
}
