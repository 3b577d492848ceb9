/**
 * The deterministic policy gradient with a known model: {@link
 * org.nnks.ddpg.modelbased.ModelBasedGradient}.
 */
package org.nnks.ddpg.modelbased;
