package org.nnks.cli.impulse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.ExogenousShock;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.simulate.StateShock;
import org.nnks.core.simulate.TfpShock;

/**
 * The response to a shock to the aggregate state.
 *
 * @param economy the economy
 * @param shock what its state is put to
 * @param facts what else is to be known of it
 */
public record StateImpulse(Economy economy, StateShock shock, Map<String, String> facts)
    implements Impulse {

  /** The name on the command line of a shock to aggregate productivity. */
  public static final String TFP = "tfp";

  @Override
  public ImpulseResponse respond(BellmanSolution agents, Seeds seeds, IntConsumer listener) {
    return ImpulseResponse.of(economy, agents.policies(), shock, seeds, listener);
  }

  /**
   * A shock to aggregate productivity, its size in standard deviations of its innovation (one by
   * default), on a chain whose states are ordered by productivity.
   *
   * @param innovationSd that standard deviation, in logs
   * @throws InvalidInputException if an option is out of range, or the chain cannot move so far
   */
  public static StateImpulse tfp(Economy economy, double innovationSd, ImpulseOptions options) {
    MarkovChain chain = economy.aggregate();
    double size = options.size().orElse(1);
    OptionalInt before = InitialState.find(options.state(), chain);
    TfpShock shock;
    try {
      shock =
          new TfpShock(
              size * innovationSd,
              options.economies().orElse(TfpShock.TERRY_ECONOMIES),
              options.horizon(),
              before);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
    double largest = shock.largest(chain) / innovationSd;
    if (!(Math.abs(size) <= Math.abs(largest))) {
      throw new InvalidInputException(
          "--size %s is too large: from this state the chain of A can move by %.2f standard deviations on average"
              .formatted(size, largest));
    }
    return new StateImpulse(economy, shock, facts(shock.share(chain), before));
  }

  /**
   * A shock to one aggregate variable of a declared economy, its size in standard deviations of its
   * innovation (one by default).
   *
   * @param variable its symbol
   * @throws InvalidInputException if an option is out of range, or the chain cannot move so far
   */
  public static StateImpulse exogenous(
      DeclaredEconomy economy, String variable, ImpulseOptions options) {
    Exogenous shocked =
        ExogenousShock.variables(economy).stream()
            .filter(known -> known.name().equals(variable))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s has the same value in all aggregate states of this calibration: there is no shock to it"
                            .formatted(variable)));
    OptionalInt before = InitialState.find(options.state(), economy.aggregate());
    try {
      ExogenousShock shock =
          new ExogenousShock(
              economy,
              shocked,
              options.size().orElse(1),
              options.economies().orElse(TfpShock.TERRY_ECONOMIES),
              options.horizon(),
              before);
      return new StateImpulse(economy, shock, facts(shock.share(), before));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  private static Map<String, String> facts(double share, OptionalInt before) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("share of economies put into the outermost state", "%.4f".formatted(share));
    facts.put(
        "aggregate state before the shock",
        before.isEmpty() ? "any" : Integer.toString(before.getAsInt() + 1));
    return facts;
  }
}
