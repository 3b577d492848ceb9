package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.nets.Network;

/**
 * {@link org.nnks.core.agents.BranchChoice} on arrays of any one shape: V and the probabilities of
 * branches, given the value of each.
 */
final class TensorChoice {

  private final Choice choice;
  private final int branches;
  private final int payer;
  private final NDArray zero;
  private final NDArray one;
  private final NDArray half;
  private final NDArray noise;

  TensorChoice(DeclaredEconomy economy, NDManager manager, DataType precision) {
    choice = economy.choice();
    branches = economy.branches().size();
    payer =
        choice instanceof Choice.UniformCost cost ? economy.branches().indexOf(cost.payer()) : -1;
    zero = scalar(manager, 0, precision);
    one = scalar(manager, 1, precision);
    half = scalar(manager, .5, precision);
    noise = scalar(manager, choice instanceof Choice.TasteShocks t ? t.scale() : 1, precision);
  }

  private static NDArray scalar(NDManager manager, double number, DataType precision) {
    return Network.create(manager, new double[] {number}, new Shape(1), precision);
  }

  /** The largest value of the branches that cost nothing. */
  private NDArray bestFree(NDList values) {
    NDArray best = null;
    for (int b = 0; b < branches; b++) {
      if (b != payer) {
        best = best == null ? values.get(b) : best.maximum(values.get(b));
      }
    }
    return best;
  }

  private NDArray gain(NDList values, NDArray free) {
    return values.get(payer).sub(free).maximum(zero);
  }

  private NDArray share(NDArray gain, NDArray upper) {
    return gain.div(upper).minimum(one);
  }

  /**
   * V; gradients flow through it.
   *
   * @param values of the branches
   * @param upper bound of a uniform cost; any array without one
   */
  NDArray value(NDList values, NDArray upper) {
    NDArray free = bestFree(values);
    if (payer >= 0) {
      NDArray gain = gain(values, free);
      NDArray share = share(gain, upper);
      return free.add(share.mul(gain.sub(share.mul(upper).mul(half))));
    }
    if (choice instanceof Choice.TasteShocks) {
      NDArray sum = null;
      for (NDArray value : values) {
        NDArray part = value.sub(free).div(noise).exp();
        sum = sum == null ? part : sum.add(part);
      }
      return free.add(sum.log().mul(noise));
    }
    return free;
  }

  /**
   * Probabilities of the branches, and the mean cost of those who pay it (zero without one).
   *
   * @return an array for each branch, and one more
   */
  NDList probabilities(NDList values, NDArray upper) {
    NDArray free = bestFree(values);
    NDList result = new NDList();
    NDArray paid = free.sub(free);
    if (choice instanceof Choice.TasteShocks) {
      NDArray sum = null;
      for (NDArray value : values) {
        NDArray part = value.sub(free).div(noise).exp();
        sum = sum == null ? part : sum.add(part);
        result.add(part);
      }
      for (int b = 0; b < branches; b++) {
        result.set(b, result.get(b).div(sum));
      }
    } else {
      NDArray share = paid;
      if (payer >= 0) {
        share = share(gain(values, free), upper);
        paid = share.mul(upper).mul(half);
      }
      NDArray open = share.neg().add(one); // what the first of the best free branches takes
      for (int b = 0; b < branches; b++) {
        if (b == payer) {
          result.add(share);
        } else {
          NDArray best = values.get(b).gte(free).toType(free.getDataType(), false);
          NDArray taken = best.mul(open);
          result.add(taken);
          open = open.sub(taken);
        }
      }
    }
    result.add(paid);
    return result;
  }
}
