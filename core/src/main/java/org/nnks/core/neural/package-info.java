/**
 * The method {@code neural}: networks of any declared economy, trained by gradients as in Yokomoto
 * (2026) sections 2.3 and 3.2.
 *
 * <ul>
 *   <li>{@link org.nnks.core.neural.ValueNetwork}, {@link org.nnks.core.neural.DiscretePolicy} and
 *       {@link org.nnks.core.neural.ContinuousPolicy}: V of the agent's states and the moments;
 *       what branches gain and the controls of a branch, of these and of prices relative to
 *       forecasts.
 *   <li>{@link org.nnks.core.neural.NeuralBellman} trains them on the losses L_cont, L_disc and
 *       L_val; batches are drawn, evaluated and used on the device.
 *   <li>{@link org.nnks.core.neural.NeuralPolicies} decides for all cells at all candidate prices
 *       in one batch.
 * </ul>
 *
 * <p>Numbers come back to the host through {@link org.nnks.core.tensor.Readout} only: a training
 * step reads nothing.
 */
package org.nnks.core.neural;
