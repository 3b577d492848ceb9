/**
 * What the Krusell-Smith loop knows of a model: {@link Economy} and the {@link Aggregates} of a
 * period. Solvers and simulators of particular agents know more; see {@code org.nnks.core.lumpy}.
 */
package org.nnks.core.model;
