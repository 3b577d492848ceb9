package org.nnks.sbi;

/**
 * What a conditional density q(target | condition) learns from, row by row.
 *
 * @param width elements of a target
 * @param targets shape (n, width)
 * @param shape of a condition
 * @param conditions scaled values, zero where missing: shape (n, items, features)
 * @param observed the mask, of the same shape
 * @param offset what to add to the mean of -log q(target | condition) to get a loss in the units of
 *     the user: the mean log-determinant of the map from targets to them
 * @param numbers of the simulations behind rows, which messages name; rows of one are held out
 *     together
 */
record TrainingSet(
    int width,
    double[] targets,
    DataShape shape,
    double[] conditions,
    double[] observed,
    double offset,
    long[] numbers) {

  int rows() {
    return targets.length / width;
  }
}
