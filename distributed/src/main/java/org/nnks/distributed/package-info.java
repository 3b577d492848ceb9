/**
 * Sweeps: one economy at many points of its parameters, on Apache Spark.
 *
 * <p>A {@link org.nnks.distributed.Design} lists the points: the product of grids, seeded draws
 * from a {@link org.nnks.sbi.Prior}, or both. A {@link org.nnks.distributed.SweepModel} solves one
 * point; it crosses to the workers as it is, so it holds settings and no engine. A {@link
 * org.nnks.distributed.Sweep} gives every open point to a {@link org.nnks.distributed.Cluster}, and
 * writes what comes back to a {@link org.nnks.distributed.SweepFolder}: one file a point as soon as
 * it is solved, and a table of all at the end. Workers write nothing, so they need no folder in
 * common.
 *
 * <p>A point that fails is a row of the table, not the end of the sweep. A sweep that was killed
 * goes on where it was: a point with a file is not solved again. The table is sorted by the number
 * of the point and holds no time, so it has the same bytes whatever the number of workers.
 */
package org.nnks.distributed;
