/**
 * The projection method for any declared economy: values are the output layers of a network whose
 * hidden layer is drawn, fitted by least squares inside value iteration. {@link
 * org.nnks.core.projection.ProjectionSolver} is the solver.
 *
 * <p>Moments are nodes outside the network, so that one factorisation serves all of them and all
 * exogenous states; prices are not inputs: agents maximise exactly at every candidate. That is the
 * better of the two ways measured, and the reason why this method is not called neural.
 */
package org.nnks.core.projection;
