package org.nnks.core.simulate;

/** What an impulse response responds to, and how it is averaged. */
public interface Shock {

  /** Pairs of economies averaged over. */
  int economies();

  /** Periods after the shock. */
  int horizon();

  /** What is shocked, and by how much: a few words for tables. */
  String description();

  /** The same, and where it comes from. */
  default String title() {
    return description();
  }
}
