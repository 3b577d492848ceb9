package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;

/**
 * The monotone rational-quadratic spline of Durkan et al. (2019), section 3.1, on [-B, B], and the
 * identity outside. Each element has K bin widths, K bin heights and K - 1 inner slopes.
 *
 * <p>It is computed on [0, 1] x [0, 1]; slopes are the same there. The bin of an element is a
 * one-hot row, so that all look-ups of a batch are one batched matrix product.
 */
final class SplineMap implements ElementMap {

  /** The smallest share of a bin in width and in height; Durkan et al. (2019), appendix B. */
  static final double MIN_BIN = 1e-3;

  /** The smallest slope at a knot; Durkan et al. (2019), appendix B. */
  static final double MIN_SLOPE = 1e-3;

  private final int bins;
  private final NDManager manager;
  private final NDArray one;
  private final NDArray zero;
  private final NDArray span;
  private final NDArray inverseSpan;
  private final NDArray bound;
  private final NDArray minBin;
  private final NDArray freeShare;
  private final NDArray minSlope;
  private final NDArray rawUnitSlope;
  private final NDArray exclusiveSum;
  private final NDArray difference;
  private final NDArray leftSlopes;
  private final NDArray rightSlopes;
  private final NDArray firstOne;
  private final NDArray lastOne;

  SplineMap(int bins, double bound, Device device, DataType precision) {
    this.bins = bins;
    manager = device.newManager();
    one = Scalars.create(manager, 1, precision);
    zero = Scalars.create(manager, 0, precision);
    span = Scalars.create(manager, 2 * bound, precision);
    inverseSpan = Scalars.create(manager, 1 / (2 * bound), precision);
    this.bound = Scalars.create(manager, bound, precision);
    minBin = Scalars.create(manager, MIN_BIN, precision);
    freeShare = Scalars.create(manager, 1 - MIN_BIN * bins, precision);
    minSlope = Scalars.create(manager, MIN_SLOPE, precision);
    rawUnitSlope = Scalars.create(manager, Math.log(Math.expm1(1 - MIN_SLOPE)), precision);
    double[] sum = new double[bins * bins];
    double[] minusNext = new double[bins * bins];
    double[] left = new double[(bins - 1) * bins];
    double[] right = new double[(bins - 1) * bins];
    for (int i = 0; i < bins; i++) {
      for (int j = 0; j < bins; j++) {
        sum[i * bins + j] = i < j ? 1 : 0;
        minusNext[i * bins + j] = i == j ? 1 : i == j + 1 ? -1 : 0;
        if (i < bins - 1) {
          left[i * bins + j] = j == i + 1 ? 1 : 0;
          right[i * bins + j] = j == i ? 1 : 0;
        }
      }
    }
    double[] first = new double[bins];
    double[] last = new double[bins];
    first[0] = 1;
    last[bins - 1] = 1;
    Shape square = new Shape(bins, bins);
    exclusiveSum = Network.create(manager, sum, square, precision);
    difference = Network.create(manager, minusNext, square, precision);
    leftSlopes = Network.create(manager, left, new Shape(bins - 1, bins), precision);
    rightSlopes = Network.create(manager, right, new Shape(bins - 1, bins), precision);
    firstOne = Network.create(manager, first, new Shape(bins), precision);
    lastOne = Network.create(manager, last, new Shape(bins), precision);
  }

  @Override
  public int rawSize() {
    return 3 * bins - 1;
  }

  @Override
  public int element(int column, int elements) {
    return column / rawSize();
  }

  /** The bin of each element: offsets, sizes, mean slope s and slopes at its ends. */
  private record Bin(
      NDArray x, NDArray y, NDArray width, NDArray height, NDArray start, NDArray end) {}

  @Override
  public Mapped forward(NDArray x, NDArray raw) {
    NDArray scaled = x.add(bound).mul(inverseSpan);
    NDArray unit = clipped(scaled);
    Bin bin = bin(unit, raw, false);
    NDArray s = bin.height.div(bin.width);
    NDArray xi = unit.sub(bin.x).div(bin.width);
    Mapped inside = evaluate(bin, s, xi);
    NDArray y = inside.value().mul(span).sub(bound);
    return onlyInside(x, scaled, y, inside.logDeterminant());
  }

  @Override
  public Mapped inverse(NDArray y, NDArray raw) {
    NDArray scaled = y.add(bound).mul(inverseSpan);
    NDArray unit = clipped(scaled);
    Bin bin = bin(unit, raw, true);
    NDArray s = bin.height.div(bin.width);
    // Durkan et al. (2019), equations (6) to (8): the root of a quadratic in xi.
    NDArray rise = unit.sub(bin.y);
    NDArray bend = rise.mul(bin.start.add(bin.end).sub(s).sub(s));
    NDArray a = bin.height.mul(s.sub(bin.start)).add(bend);
    NDArray b = bin.height.mul(bin.start).sub(bend);
    NDArray c = s.mul(rise).neg();
    NDArray ac = a.mul(c);
    NDArray fourAc = ac.add(ac).add(ac).add(ac);
    NDArray root = NDArrays.maximum(b.square().sub(fourAc), zero).sqrt();
    NDArray xi = c.add(c).div(b.neg().sub(root));
    Mapped inside = evaluate(bin, s, xi);
    NDArray x = xi.mul(bin.width).add(bin.x).mul(span).sub(bound);
    return onlyInside(y, scaled, x, inside.logDeterminant().neg());
  }

  private NDArray clipped(NDArray scaled) {
    return NDArrays.minimum(NDArrays.maximum(scaled, zero), one);
  }

  private Mapped onlyInside(NDArray outside, NDArray scaled, NDArray inside, NDArray logSlope) {
    NDArray within = scaled.gt(zero).logicalAnd(scaled.lt(one));
    return new Mapped(
        NDArrays.where(within, inside, outside),
        NDArrays.where(within, logSlope, logSlope.zerosLike()));
  }

  /** Equations (4) and (5): the value and log slope at xi in [0, 1] of a bin. */
  private Mapped evaluate(Bin bin, NDArray s, NDArray xi) {
    NDArray left = xi.neg().add(one);
    NDArray both = xi.mul(left);
    NDArray square = xi.square();
    NDArray denominator = bin.start.add(bin.end).sub(s).sub(s).mul(both).add(s);
    NDArray numerator = bin.height.mul(s.mul(square).add(bin.start.mul(both)));
    NDArray sBoth = s.mul(both);
    NDArray slope = bin.end.mul(square).add(sBoth).add(sBoth).add(bin.start.mul(left.square()));
    NDArray logSlope = slope.log().add(s.div(denominator).square().log());
    return new Mapped(bin.y.add(numerator.div(denominator)), logSlope);
  }

  private Bin bin(NDArray unit, NDArray raw, boolean byHeight) {
    long n = unit.getShape().get(0);
    long elements = unit.getShape().get(1);
    NDList parts = raw.reshape(n, elements, rawSize()).split(new long[] {bins, 2L * bins}, 2);
    NDArray widths = parts.get(0).softmax(2).mul(freeShare).add(minBin);
    NDArray heights = parts.get(1).softmax(2).mul(freeShare).add(minBin);
    NDArray slopes = Activation.softPlus(parts.get(2).add(rawUnitSlope)).add(minSlope);
    NDArray x = widths.matMul(exclusiveSum);
    NDArray y = heights.matMul(exclusiveSum);
    NDArray start = slopes.matMul(leftSlopes).add(firstOne);
    NDArray end = slopes.matMul(rightSlopes).add(lastOne);
    NDArray passed = unit.expandDims(2).gte(byHeight ? y : x).toType(unit.getDataType(), false);
    NDArray oneHot = passed.matMul(difference).expandDims(3);
    NDArray found = NDArrays.stack(new NDList(x, y, widths, heights, start, end), 2).matMul(oneHot);
    NDList each = found.squeeze(3).split(new long[] {1, 2, 3, 4, 5}, 2);
    return new Bin(
        each.get(0).squeeze(2),
        each.get(1).squeeze(2),
        each.get(2).squeeze(2),
        each.get(3).squeeze(2),
        each.get(4).squeeze(2),
        each.get(5).squeeze(2));
  }

  @Override
  public void close() {
    manager.close();
  }
}
