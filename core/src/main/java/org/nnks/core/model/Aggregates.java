package org.nnks.core.model;

/**
 * What agents' decisions add up to in one period, per agent; for firms Yokomoto (2026) equations
 * (20) to (25).
 *
 * @param output Y
 * @param investment I
 * @param consumption C: what is left for consumption
 * @param hours N; for firms those of production and adjustment
 * @param wage w, in goods
 * @param nextCapital K' of the next period
 */
public record Aggregates(
    double output,
    double investment,
    double consumption,
    double hours,
    double wage,
    double nextCapital) {}
