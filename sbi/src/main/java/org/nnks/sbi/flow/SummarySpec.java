package org.nnks.sbi.flow;

import java.util.List;

/**
 * The embedding network, or how data become the context of a flow: one summary for all columns of
 * the data, or several side by side, each for its own columns, whose statistics are joined (a fused
 * summary).
 *
 * @param parts from the first column on; together they cover all columns
 */
public record SummarySpec(List<Part> parts) {

  /** What summarises. */
  public enum Kind {
    /** Nothing: all values, one after the other. */
    DIRECT,
    /** A network that does not see the order of the rows: Zaheer et al. (2017), Theorem 2. */
    DEEP_SET,
    /** Rows look at one another: Lee et al. (2019). Its time grows with the square of the rows. */
    ATTENTION,
    /** A network that sees rows in windows, for series: rows are periods. */
    CONVOLUTION,
    /**
     * A network that reads rows one after the other and remembers, for series: rows are periods. It
     * takes several times the time of a convolution.
     */
    RECURRENT
  }

  /** BayesFlow's default for sets: two layers of 64. */
  public static final List<Integer> HIDDEN = List.of(64, 64);

  /** BayesFlow's default has 32 filters. */
  public static final List<Integer> FILTERS = List.of(32, 32);

  /** BayesFlow's default has 128 units after a convolution; 32 do what its 32 filters do. */
  public static final List<Integer> UNITS = List.of(32);

  /** BayesFlow's default. */
  public static final int OUTPUTS = 16;

  /** BayesFlow's default: a filter sees three periods. */
  public static final int WINDOW = 3;

  /** The number of columns of a part that takes all. */
  public static final int ALL = 0;

  /**
   * The summary of some columns.
   *
   * @param kind of the summary
   * @param columns how many; {@link #ALL} for all, if it is the only part
   * @param hidden widths of the hidden layers before and after pooling (of filters, and of units,
   *     before pooling); unused if direct
   * @param outputs number of summary statistics; unused if direct
   * @param window periods that a filter sees in the first layer; later layers see twice as far
   *     each; used by convolutions only
   */
  public record Part(Kind kind, int columns, List<Integer> hidden, int outputs, int window) {

    /** Checks the sizes. */
    public Part {
      hidden = List.copyOf(hidden);
      if (kind != Kind.DIRECT && (hidden.isEmpty() || outputs < 1)) {
        throw new IllegalArgumentException(
            "a summary needs hidden layers and at least 1 output but got %s and %d"
                .formatted(hidden, outputs));
      }
      if (kind == Kind.CONVOLUTION && window < 2) {
        throw new IllegalArgumentException(
            "a convolution needs a window of at least 2 periods but got " + window);
      }
      if (kind == Kind.ATTENTION && hidden.get(hidden.size() - 1) % SetAttention.HEADS != 0) {
        throw new IllegalArgumentException(
            "attention needs a last hidden width that is a multiple of %d but got %s"
                .formatted(SetAttention.HEADS, hidden));
      }
      if (columns < 0) {
        throw new IllegalArgumentException("a summary needs columns but got " + columns);
      }
    }

    /** This part for a number of columns. */
    public Part of(int columns) {
      return new Part(kind, columns, hidden, outputs, window);
    }
  }

  /** Checks that only a single part takes all columns. */
  public SummarySpec {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || (parts.size() > 1 && parts.stream().anyMatch(p -> p.columns == ALL))) {
      throw new IllegalArgumentException(
          "a summary needs at least 1 part, and the number of columns of each if there are several");
    }
  }

  /** All values, one after the other. */
  public static SummarySpec direct() {
    return new SummarySpec(List.of(new Part(Kind.DIRECT, ALL, List.of(), 0, 0)));
  }

  /** A deep set of the default size. */
  public static SummarySpec deepSet() {
    return new SummarySpec(List.of(new Part(Kind.DEEP_SET, ALL, HIDDEN, OUTPUTS, 0)));
  }

  /** Attention over a set, of the default size. */
  public static SummarySpec attention() {
    return new SummarySpec(List.of(new Part(Kind.ATTENTION, ALL, HIDDEN, OUTPUTS, 0)));
  }

  /** A temporal convolution of the default size. */
  public static SummarySpec convolution() {
    return new SummarySpec(List.of(new Part(Kind.CONVOLUTION, ALL, FILTERS, OUTPUTS, WINDOW)));
  }

  /** A recurrent network of the default size. */
  public static SummarySpec recurrent() {
    return new SummarySpec(List.of(new Part(Kind.RECURRENT, ALL, UNITS, OUTPUTS, 0)));
  }

  /**
   * A fused summary: this one for the first columns, another one for those after them, such as
   * aggregate series beside a cross-section of agents.
   *
   * @param columns of this summary
   * @param others of the other summary
   */
  public SummarySpec beside(int columns, SummarySpec other, int others) {
    if (parts.size() > 1 || other.parts.size() > 1) {
      throw new IllegalArgumentException("only single summaries are fused; list the parts instead");
    }
    return new SummarySpec(List.of(parts.get(0).of(columns), other.parts.get(0).of(others)));
  }
}
