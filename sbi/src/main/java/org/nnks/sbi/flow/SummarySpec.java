package org.nnks.sbi.flow;

import java.util.List;

/**
 * How data become the context of a flow.
 *
 * @param kind of the summary
 * @param hidden widths of the hidden layers before and after pooling; unused if direct
 * @param outputs number of summary statistics; unused if direct
 */
public record SummarySpec(Kind kind, List<Integer> hidden, int outputs) {

  /** What summarises. */
  public enum Kind {
    /** Nothing: all values, one after the other. */
    DIRECT,
    /** A network that does not see the order of the items: Zaheer et al. (2017), Theorem 2. */
    DEEP_SET
  }

  /** BayesFlow's default: two layers of 64. */
  public static final List<Integer> HIDDEN = List.of(64, 64);

  /** BayesFlow's default. */
  public static final int OUTPUTS = 16;

  /** Checks the sizes. */
  public SummarySpec {
    hidden = List.copyOf(hidden);
    if (kind == Kind.DEEP_SET && (hidden.isEmpty() || outputs < 1)) {
      throw new IllegalArgumentException(
          "a deep set needs hidden layers and at least 1 output but got %s and %d"
              .formatted(hidden, outputs));
    }
  }

  /** All values, one after the other. */
  public static SummarySpec direct() {
    return new SummarySpec(Kind.DIRECT, List.of(), 0);
  }

  /** A deep set of the default size. */
  public static SummarySpec deepSet() {
    return new SummarySpec(Kind.DEEP_SET, HIDDEN, OUTPUTS);
  }
}
