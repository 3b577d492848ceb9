package org.nnks.core.markov;

import java.util.Locale;
import java.util.Optional;
import org.nnks.core.io.InvalidInputException;

/**
 * An autoregression log x' = persistence log x + innovationSd e and the chain that stands for it,
 * which may be far from it: its {@link #warning} belongs to every solution that rests on it.
 *
 * @param name what messages call the process, such as "idiosyncratic productivity"
 * @param persistence the autocorrelation of log x
 * @param innovationSd the standard deviation of the innovation of log x
 * @param widthInSds half the width of the grid in unconditional standard deviations
 * @param chain on log levels at equal distances, symmetric about zero
 */
public record DiscretisedProcess(
    String name, double persistence, double innovationSd, double widthInSds, MarkovChain chain) {

  /**
   * Discretises a process.
   *
   * @param widthInSds half the width of Tauchen's grid; Rouwenhorst's follows from the states
   * @throws InvalidInputException if a parameter is out of its range or the chain is frozen; the
   *     message begins with the name
   */
  public static DiscretisedProcess of(
      Discretisation method,
      String name,
      double persistence,
      double innovationSd,
      int states,
      double widthInSds) {
    try {
      return switch (method) {
        case TAUCHEN ->
            new DiscretisedProcess(
                name,
                persistence,
                innovationSd,
                widthInSds,
                MarkovChain.tauchen(persistence, innovationSd, states, widthInSds));
        case ROUWENHORST ->
            new DiscretisedProcess(
                name,
                persistence,
                innovationSd,
                Math.sqrt(states - 1),
                MarkovChain.rouwenhorst(persistence, innovationSd, states));
      };
    } catch (InvalidInputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * The process with another innovation on the same grid: volatility that moves. Such a chain may
   * freeze, for the state in which it does comes to an end.
   *
   * @param name what messages call it, such as "idiosyncratic productivity in high volatility"
   */
  public DiscretisedProcess withInnovation(String name, double innovationSd) {
    return new DiscretisedProcess(
        name,
        persistence,
        innovationSd,
        widthInSds * this.innovationSd / innovationSd,
        chain.withInnovation(persistence, innovationSd));
  }

  /**
   * A sentence, if the chain's autocorrelation is off by more than 20 % of 1 - |persistence|, or
   * its standard deviation by more than 20 %. Volatility is taken to stay as it is.
   *
   * @param remedy what to do, such as "raise idiosyncraticStates"
   */
  public Optional<String> warning(String remedy) {
    Optional<DiscretisationError> error = DiscretisationError.of(chain, persistence, widthInSds);
    if (error.isEmpty()) {
      return Optional.of("the chain of %s never moves: %s".formatted(name, remedy));
    }
    return error
        .filter(found -> !found.tolerable())
        .map(
            found ->
                String.format(
                    Locale.ROOT,
                    "the chain of %s has autocorrelation %.5g where %s was asked for, and %.3g times"
                        + " the standard deviation: %s",
                    name,
                    found.autocorrelation(),
                    persistence,
                    found.sdRatio(),
                    remedy));
  }
}
