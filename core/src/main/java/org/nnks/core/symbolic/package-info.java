/**
 * Equations as values: an economist writes {@code p.times(y.minus(w.times(n)))} in the symbols of a
 * paper, and the library evaluates it on batches, on the host or on a device, takes derivatives,
 * and finds out what depends on what.
 *
 * <p>{@link org.nnks.core.symbolic.Term} is anything that can stand in an equation, {@link
 * org.nnks.core.symbolic.Expression} the equation, and {@link org.nnks.core.symbolic.Program} its
 * evaluation on the host, which computes nothing twice: a part that does not depend on what was
 * changed since the last evaluation keeps its value.
 */
package org.nnks.core.symbolic;
