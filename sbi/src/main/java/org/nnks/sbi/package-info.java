/** Simulation-based inference. */
package org.nnks.sbi;
