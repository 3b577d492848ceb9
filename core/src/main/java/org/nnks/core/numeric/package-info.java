/**
 * Small numerical types: immutable vectors, matrices and grids, splines, fixed-point acceleration.
 *
 * <p>Everything here is in double precision on the host. Arrays that networks work on belong to
 * {@code org.nnks.core.nets}.
 */
package org.nnks.core.numeric;
