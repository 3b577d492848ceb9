/**
 * Equilibria as paths instead of rules: what agents expect is what happens, later on the same path
 * or in periods of it that are alike. Knows no kind of agent.
 */
package org.nnks.core.sequence;
