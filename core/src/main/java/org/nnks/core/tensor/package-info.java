/**
 * Equations, distributions and what is read of them on a device.
 *
 * <ul>
 *   <li>{@link org.nnks.core.tensor.TensorProgram} evaluates expressions as arrays of the engine,
 *       so that gradients flow through every declared equation.
 *   <li>{@link org.nnks.core.tensor.PushForward} moves mass as the adjoint of interpolation.
 *   <li>{@link org.nnks.core.tensor.Readout} is the one door through which numbers come back to the
 *       host, and counts them: what makes a device fast is not to ask it.
 * </ul>
 *
 * <p>Inside a gradient collector nothing here multiplies with a Java number or closes an array: see
 * {@link org.nnks.core.nets.Gradients}.
 */
package org.nnks.core.tensor;
