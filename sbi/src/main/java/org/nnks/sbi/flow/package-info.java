/**
 * Normalizing flows: invertible maps of R^d, conditioned on a context vector, with exact inverses
 * and log-determinants. A flow turns a simple density, N(0, I), into a flexible one.
 *
 * <ul>
 *   <li>{@link org.nnks.sbi.flow.Flow}: the density, its samples, its parameters.
 *   <li>{@link org.nnks.sbi.flow.FlowSpec}: its shape; {@link org.nnks.sbi.flow.FlowSpec.Kind}
 *       chooses affine couplings (fast, smooth, unimodal-looking densities) or spline couplings
 *       (sharp and multimodal ones).
 *   <li>{@link org.nnks.sbi.flow.Transform}: one layer: {@link org.nnks.sbi.flow.Coupling}, {@link
 *       org.nnks.sbi.flow.Permutation}, {@link org.nnks.sbi.flow.ActivationNormalisation}.
 *   <li>{@link org.nnks.sbi.flow.Summary}: how data become the context.
 * </ul>
 *
 * <p>Everything is a function of a parameter list, so that it can be evaluated at the leaves of
 * {@link org.nnks.core.nets.Gradients}. All scalars are arrays that outlive the backward pass.
 * Results live on the manager of the inputs.
 *
 * <p>Dinh, Sohl-Dickstein and Bengio (2017), Density estimation using Real NVP, ICLR; Kingma and
 * Dhariwal (2018), Glow, NeurIPS; Durkan, Bekasov, Murray and Papamakarios (2019), Neural spline
 * flows, NeurIPS; Zaheer et al. (2017), Deep sets, NeurIPS.
 */
package org.nnks.sbi.flow;
