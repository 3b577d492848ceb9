/**
 * Firms by networks trained by gradients, Yokomoto (2026) section 3.2 and appendix B.4: {@link
 * org.nnks.bloom.networks.PaperBellman} trains the value, the discrete and the continuous policies,
 * with prices as inputs.
 */
package org.nnks.bloom.networks;
