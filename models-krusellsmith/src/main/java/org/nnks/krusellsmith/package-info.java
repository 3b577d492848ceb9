/**
 * The household economy of Krusell and Smith (1998) and the representative-agent economy, with
 * their exact solvers.
 */
package org.nnks.krusellsmith;
