/**
 * Is a posterior right? Checks that need only simulations from the prior, and one that needs a
 * reference.
 *
 * <ul>
 *   <li>{@link org.nnks.sbi.diagnostics.Calibration}: ranks of the truth among posterior draws,
 *       which are uniform if posteriors are right on average; coverage of central intervals.
 *   <li>{@link org.nnks.sbi.diagnostics.EcdfBand}: how far ranks may stray by chance, at all points
 *       at once.
 *   <li>{@link org.nnks.sbi.diagnostics.Recovery}: how much was learned: correlation of posterior
 *       mean and truth, z-scores, contraction.
 *   <li>{@link org.nnks.sbi.diagnostics.ClassifierTest}: C2ST, the accuracy of a classifier that
 *       tells draws from a reference; 0.5 is perfect.
 * </ul>
 *
 * <p>Ranks and intervals can be right while nothing was learned (the prior passes), so calibration
 * and recovery belong together.
 */
package org.nnks.sbi.diagnostics;
