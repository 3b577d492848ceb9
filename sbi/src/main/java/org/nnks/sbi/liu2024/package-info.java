/**
 * The estimation of Liu (2024), section 4.3: the processes of productivity and labour of a
 * Krusell-Smith economy, here observed directly, so that the exact posterior is known and judges
 * the neural one.
 */
package org.nnks.sbi.liu2024;
