/**
 * Solutions that take calibration parameters as inputs: solved once over a {@link
 * org.nnks.core.parameters.ParameterBox}, by {@link org.nnks.core.parameters.BoxSolver}, then
 * evaluated at any theta in the box as a {@link org.nnks.core.parameters.ConditionedSolution}, and
 * judged at random theta by a {@link org.nnks.core.parameters.HeldOutReport}.
 *
 * <p>For one or two calibrations solve each exactly: that takes seconds. This package pays when
 * hundreds are needed, as in estimation, or a solution has to answer at once.
 */
package org.nnks.core.parameters;
