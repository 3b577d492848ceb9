package org.nnks.core.parameters;

import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;

/**
 * The points of a box at which an economy is solved: the product of Chebyshev points, ends
 * included, so that a polynomial through them is near the best one everywhere in the box (Trefethen
 * 2013, Approximation Theory and Approximation Practice, chapters 3 to 5).
 *
 * <p>Points are numbered with the last parameter moving fastest.
 *
 * @param box the box
 * @param nodes points along each parameter
 */
public record BoxDesign(ParameterBox box, int nodes) {

  /**
   * With 5 x 5 points over xibar in [.002, .02] and sigma_z in [.015, .03] of Khan-Thomas
   * interpolation moves p by .001 % on average, with 3 x 3 by .008 %. Without logs of xibar it
   * would be .005 % with 5 x 5.
   */
  public static final int NODES = 5;

  /** One point cannot show how a solution depends on a parameter. */
  static final int MIN_NODES = 2;

  /** More solves than this do not belong into one process. */
  static final int MAX_POINTS = 10_000;

  /**
   * Checks the number of points.
   *
   * @throws InvalidInputException if there are too few or too many
   */
  public BoxDesign {
    if (nodes < MIN_NODES) {
      throw new InvalidInputException(
          "a box needs at least %d nodes along each parameter but got %d"
              .formatted(MIN_NODES, nodes));
    }
    if (Math.pow(nodes, box.size()) > MAX_POINTS) {
      throw new InvalidInputException(
          "%d nodes along each of %d parameters are more than %d solves: take fewer of either"
              .formatted(nodes, box.size(), MAX_POINTS));
    }
  }

  /** The design with {@link #NODES} points along each parameter. */
  public static BoxDesign standard(ParameterBox box) {
    return new BoxDesign(box, NODES);
  }

  /** The number of points. */
  public int size() {
    return (int) Math.round(Math.pow(nodes, box.size()));
  }

  /** A point by its number. */
  public Vector point(int number) {
    double[] theta = new double[box.size()];
    int rest = number;
    for (int i = theta.length - 1; i >= 0; i--) {
      theta[i] = box.intervals().get(i).nodes(nodes)[rest % nodes];
      rest /= nodes;
    }
    return Vector.ofUnsafe(theta);
  }

  /**
   * The numbers of all points in an order in which each is next to the one before: there and back
   * along the last parameter, and so on. A solve starts best from its neighbour.
   */
  public int[] walk() {
    int[] order = new int[size()];
    for (int step = 0; step < order.length; step++) {
      int number = 0;
      for (int block = order.length / nodes; block > 0; block /= nodes) {
        int digit = step / block % nodes;
        boolean backwards = step / block / nodes % 2 == 1;
        number = number * nodes + (backwards ? nodes - 1 - digit : digit);
      }
      order[step] = number;
    }
    return order;
  }

  /**
   * The weights with which values at all points interpolate to theta: products of barycentric
   * weights; they sum to one.
   *
   * @throws InvalidInputException if theta is outside the box
   */
  public double[] weights(Vector theta) {
    box.require(theta);
    double[] product = {1};
    for (int i = 0; i < box.size(); i++) {
      double[] along = box.intervals().get(i).weights(theta.get(i), nodes);
      double[] next = new double[product.length * nodes];
      for (int j = 0; j < next.length; j++) {
        next[j] = product[j / nodes] * along[j % nodes];
      }
      product = next;
    }
    return product;
  }
}
