package org.nnks.core.neural;

/** How a network knows the exogenous states (a, e). */
public enum ExogenousForm {
  /**
   * An output for each state: one pass gives the whole expectation over the next, and one point
   * teaches the values of all states.
   */
  HEADS,
  /**
   * The variables of both chains are inputs, scaled to [-1, 1] between their lowest and highest
   * levels; an expectation takes a pass for each next state. States that differ in no variable look
   * alike.
   */
  INPUTS
}
