/**
 * What papers print about simulated series: filtered business-cycle statistics.
 *
 * <p>{@link org.nnks.core.statistics.BusinessCycleTable} takes levels, logs and filters them with
 * {@link org.nnks.core.statistics.HodrickPrescott}. The filter is the exact two-sided filter over
 * the full sample, in time proportional to its length. Standard deviations name their degrees of
 * freedom, because the papers differ: Terry (2017) divides by N - 1, Yokomoto (2026), Table 3, by
 * N.
 */
package org.nnks.core.statistics;
