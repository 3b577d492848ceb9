/**
 * The economy of one household, who stands for all: {@link org.nnks.krusellsmith.rbc.Rbc} of an
 * {@link org.nnks.krusellsmith.rbc.RbcCalibration}. {@link
 * org.nnks.krusellsmith.rbc.RepresentativeAgent} solves it; anything that decides for the household
 * is an {@link org.nnks.krusellsmith.rbc.RbcRule}, which {@link
 * org.nnks.krusellsmith.rbc.RepresentativeSolution} simulates and judges. The step from an Euler
 * equation to savings, {@link org.nnks.krusellsmith.rbc.EndogenousGrid}, is that of many
 * households, too.
 */
package org.nnks.krusellsmith.rbc;
