package org.nnks.core.solve;

/**
 * What one outer iteration did: a row of history.csv.
 *
 * @param number counted from one
 * @param ruleChange change from the rules used to those estimated, by the solver's {@link
 *     RuleChange}
 * @param forecastChange the same change by {@link RuleChange#FORECASTS}; where agents follow no
 *     rules, that of their path
 * @param bellmanSweeps sweeps or training steps of the firms' problem
 * @param bellmanChange last change by the measure of the firms' solver
 * @param largestResidual largest |1/p - C| of the simulation
 * @param clearingFailures periods that did not clear
 * @param priceEvaluations candidate prices evaluated
 * @param bellmanSeconds wall time of the firms' problem
 * @param simulationSeconds wall time of the simulation
 */
public record Iteration(
    int number,
    double ruleChange,
    double forecastChange,
    int bellmanSweeps,
    double bellmanChange,
    double largestResidual,
    int clearingFailures,
    long priceEvaluations,
    double bellmanSeconds,
    double simulationSeconds) {}
