package org.nnks.cli.progress;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Wall time of the parts of a command, in order. */
public final class Stopwatch {

  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /** Does something and notes how long it took. */
  public <T> T time(String part, Supplier<T> work) {
    long begin = System.nanoTime();
    try {
      return work.get();
    } finally {
      seconds.merge(part, (System.nanoTime() - begin) * 1e-9, Double::sum);
    }
  }

  /** Does something and notes how long it took. */
  public void time(String part, Runnable work) {
    time(
        part,
        () -> {
          work.run();
          return null;
        });
  }

  /** The seconds of a part; zero if it has not been. */
  public double seconds(String part) {
    return seconds.getOrDefault(part, 0.0);
  }

  /** All parts. */
  public Map<String, Double> all() {
    return new LinkedHashMap<>(seconds);
  }
}
