package org.nnks.core.economy;

import java.util.OptionalDouble;
import org.nnks.core.numeric.Vector;

/**
 * Who leaves and who comes, between periods. What those who leave take with them and what entrants
 * cost is part of payoffs, contributions and residuals.
 *
 * @param exitRate the share of agents who leave at the end of each period; the continuation is
 *     weighted with the rest
 * @param states of entrants, in the order of the economy's states; empty if nobody enters
 * @param own law of entrants over the agent's own chain; empty if nobody enters
 * @param mass that enters each period; as much as left if empty
 */
public record Turnover(double exitRate, Vector states, Vector own, OptionalDouble mass) {

  /** Agents live for ever. */
  public static Turnover none() {
    return new Turnover(0, Vector.of(), Vector.of(), OptionalDouble.of(0));
  }

  /** A share leaves each period, and entrants with given states take their place. */
  public static Turnover replacing(double exitRate, Vector states, Vector own) {
    return new Turnover(exitRate, states, own, OptionalDouble.empty());
  }

  /** Whether anybody enters. */
  public boolean entry() {
    return states.size() > 0;
  }
}
