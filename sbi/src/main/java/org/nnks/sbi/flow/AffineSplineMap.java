package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * An affine map and then a spline: the affine map brings the density into the box where the spline
 * has its bins, so that a posterior much narrower than its prior does not fall into one bin.
 */
record AffineSplineMap(AffineMap affine, SplineMap spline) implements ElementMap {

  @Override
  public int rawSize() {
    return affine.rawSize() + spline.rawSize();
  }

  @Override
  public int element(int column, int elements) {
    int first = affine.rawSize() * elements;
    return column < first
        ? affine.element(column, elements)
        : spline.element(column - first, elements);
  }

  @Override
  public Mapped forward(NDArray x, NDArray raw) {
    NDList parts = parts(x, raw);
    Mapped first = affine.forward(x, parts.get(0));
    Mapped second = spline.forward(first.value(), parts.get(1));
    return new Mapped(second.value(), first.logDeterminant().add(second.logDeterminant()));
  }

  @Override
  public Mapped inverse(NDArray y, NDArray raw) {
    NDList parts = parts(y, raw);
    Mapped second = spline.inverse(y, parts.get(1));
    Mapped first = affine.inverse(second.value(), parts.get(0));
    return new Mapped(first.value(), first.logDeterminant().add(second.logDeterminant()));
  }

  private NDList parts(NDArray elements, NDArray raw) {
    return raw.split(new long[] {affine.rawSize() * elements.getShape().get(1)}, 1);
  }

  @Override
  public void close() {
    affine.close();
    spline.close();
  }
}
