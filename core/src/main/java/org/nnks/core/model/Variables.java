package org.nnks.core.model;

import java.util.List;

/**
 * Names of what agents forecast, and of what else a path is kept of, as tables and files show them.
 *
 * @param moments such as K
 * @param prices such as p; none where prices have closed forms
 * @param series of the cross-section that have business cycles, such as GDP; in most economies none
 *     beside Y, I, C, N and w
 */
public record Variables(List<String> moments, List<String> prices, List<String> series) {

  /** Mean capital K and one price p. */
  public static final Variables STANDARD = new Variables(List.of("K"), List.of("p"));

  /** Keeps its own. */
  public Variables {
    moments = List.copyOf(moments);
    prices = List.copyOf(prices);
    series = List.copyOf(series);
  }

  /** Moments and prices, and no further series. */
  public Variables(List<String> moments, List<String> prices) {
    this(moments, prices, List.of());
  }
}
