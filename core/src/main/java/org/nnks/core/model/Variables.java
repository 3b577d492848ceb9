package org.nnks.core.model;

import java.util.List;

/**
 * Names of what agents forecast, as tables and files show them.
 *
 * @param moments such as K
 * @param prices such as p; none where prices have closed forms
 */
public record Variables(List<String> moments, List<String> prices) {

  /** Mean capital K and one price p. */
  public static final Variables STANDARD = new Variables(List.of("K"), List.of("p"));

  /** Keeps its own. */
  public Variables {
    moments = List.copyOf(moments);
    prices = List.copyOf(prices);
  }
}
