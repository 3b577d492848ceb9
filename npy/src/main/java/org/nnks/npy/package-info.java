/**
 * Exchange of paths, histograms and policy tables with Python: NumPy's {@code .npy} files, written
 * and read through ND4J.
 *
 * <p>This module is apart from the core because ND4J brings native libraries of its own. Its first
 * use in a process loads them, which takes about a second.
 */
package org.nnks.npy;
