package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;

/** Summaries side by side, each of its own columns; their statistics one after the other. */
public final class FusedSummary implements Summary {

  private final List<Summary> parts = new ArrayList<>();
  private final long[] ends;
  private final NDList parameters = new NDList();

  /**
   * The summary of a specification, with random weights.
   *
   * @param masked whether values may be missing beyond whole rows at the end
   * @throws InvalidInputException if the parts do not cover the columns, or a series is too short
   *     for its convolution
   */
  public FusedSummary(
      SummarySpec spec,
      int items,
      int features,
      boolean masked,
      Device device,
      DataType precision,
      RandomGenerator random) {
    ends = ends(spec, items, features);
    for (SummarySpec.Part part : spec.parts()) {
      int columns = columns(part, features);
      Summary summary =
          switch (part.kind()) {
            case DIRECT -> new DirectSummary(items * columns, masked);
            case DEEP_SET -> new DeepSet(part, items, columns, masked, device, precision, random);
            case ATTENTION ->
                new SetAttention(part, items, columns, masked, device, precision, random);
            case CONVOLUTION ->
                new TemporalConvolution(part, items, columns, masked, device, precision, random);
            case RECURRENT ->
                new GatedRecurrence(part, items, columns, masked, device, precision, random);
          };
      parts.add(summary);
      parameters.addAll(summary.parameters());
    }
  }

  private static int columns(SummarySpec.Part part, int features) {
    return part.columns() == SummarySpec.ALL ? features : part.columns();
  }

  /** Where parts end but for the last; refuses what does not fit before any network is made. */
  private static long[] ends(SummarySpec spec, int items, int features) {
    long[] ends = new long[spec.parts().size() - 1];
    int covered = 0;
    for (int i = 0; i < spec.parts().size(); i++) {
      SummarySpec.Part part = spec.parts().get(i);
      if (part.kind() == SummarySpec.Kind.CONVOLUTION) {
        TemporalConvolution.reach(part, items);
      }
      covered += columns(part, features);
      if (i < ends.length) {
        ends[i] = covered;
      }
    }
    if (covered != features) {
      throw new InvalidInputException(
          "the summary covers %d columns but the data have %d".formatted(covered, features));
    }
    return ends;
  }

  @Override
  public NDList parameters() {
    return parameters;
  }

  @Override
  public int size() {
    return parts.stream().mapToInt(Summary::size).sum();
  }

  @Override
  public NDArray apply(NDList parameters, NDArray values, NDArray observed) {
    if (parts.size() == 1) {
      return parts.get(0).apply(parameters, values, observed);
    }
    NDList columns = values.split(ends, 2);
    NDList masks = observed.split(ends, 2);
    NDList statistics = new NDList();
    int position = 0;
    for (int i = 0; i < parts.size(); i++) {
      int end = position + parts.get(i).parameters().size();
      statistics.add(
          parts
              .get(i)
              .apply(new NDList(parameters.subList(position, end)), columns.get(i), masks.get(i)));
      position = end;
    }
    return NDArrays.concat(statistics, 1);
  }

  @Override
  public void close() {
    parts.forEach(Summary::close);
  }
}
