/**
 * The loop: {@link org.nnks.core.solve.KrusellSmithSolver} is Algorithm 4 of Yokomoto (2026), and
 * {@link org.nnks.core.solve.Solution} what it returns.
 */
package org.nnks.core.solve;
