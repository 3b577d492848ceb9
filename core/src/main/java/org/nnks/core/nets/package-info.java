/**
 * Networks as plain functional arrays, without layers that hide state: a parameter list and a
 * function of it.
 *
 * <ul>
 *   <li>{@link org.nnks.core.nets.LeastSquaresNetwork}: hidden layers drawn once, the output layer
 *       fitted by least squares. A fit is one matrix product, in double precision, to about 1e-9
 *       where the features allow it. It is deterministic: a seed gives the same bits twice.
 *   <li>{@link org.nnks.core.nets.Network}: all layers free, for gradient descent as in Yokomoto
 *       (2026). Inside a gradient collector, scalars must be arrays that live longer than the
 *       backward pass: DJL's products with a number save a buffer that is already closed, and a
 *       garbage collection then makes gradients silently wrong. Nor does a gradient flow through
 *       its {@code concat} of a single array, which is a copy.
 *   <li>{@link org.nnks.core.nets.InputBox}: how an input is scaled to [-1, 1], and Chebyshev
 *       points and interpolation on it.
 * </ul>
 *
 * <p>A network owns its parameters and is closed by whoever made it; results belong to the manager
 * of the input, and leave nothing behind when that closes.
 *
 * <p>Random features: Huang, Zhu and Siew (2006), Extreme learning machine, Neurocomputing 70.
 */
package org.nnks.core.nets;
