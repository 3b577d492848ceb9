package org.nnks.core.simulate;

import org.nnks.core.model.Aggregates;

/**
 * What happened in one period of a history.
 *
 * @param price what agents must forecast besides K': p = 1/C at which the goods market clears where
 *     firms decide; in household economies with closed-form prices the rental rate of capital
 * @param capital K at the start of the period
 * @param aggregates what decisions add up to
 * @param priceForecast the price expected by the rule at this period's aggregate state and K
 * @param capitalForecast K of the next period expected by the rule
 * @param residual excess demand left: 1/p - C; zero with closed-form prices
 * @param cleared whether the residual is within the tolerance of the method that cleared
 * @param evaluations candidate prices evaluated
 * @param expansions how often the bracket of prices was widened
 * @param edgeMass mass of agents that wanted to be at or beyond an end of the grid
 */
public record Period(
    double price,
    double capital,
    Aggregates aggregates,
    double priceForecast,
    double capitalForecast,
    double residual,
    boolean cleared,
    long evaluations,
    int expansions,
    double edgeMass) {}
