package org.nnks.estimation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.sbi.Data;
import org.nnks.sbi.Simulations;

/**
 * The parts of a vector of data: statistics of aggregates and of a survey, and then units, such as
 * households or firms, that are observed one by one.
 *
 * @param first statistic of aggregates (included)
 * @param last statistic of aggregates (excluded)
 * @param summaries statistics of both kinds
 * @param units their number
 * @param columns numbers of each unit
 * @param contexts how many of the last columns say what was seen of the unit's time, and not of the
 *     unit
 */
public record MicroMacroLayout(
    int first, int last, int summaries, int units, int columns, int contexts) {

  /** What a summary-statistic posterior sees. */
  public Simulations summaries(Simulations all) {
    return all.part(0, summaries, summaries);
  }

  /** What a summary-statistic posterior sees. */
  public Data summaries(Data all) {
    return all.part(0, summaries, summaries);
  }

  /** Aggregates alone. */
  public Simulations aggregates(Simulations all) {
    return all.part(first, last, last - first);
  }

  /** Aggregates alone. */
  public Data aggregates(Data all) {
    return all.part(first, last, last - first);
  }

  /** Units, at most so many of each economy, each as a simulation of its own. */
  public Simulations units(Simulations all, int most, RandomGenerator random) {
    return all.part(summaries, summaries + units * columns, columns).items(most, random);
  }

  /** Units, each as data of its own. */
  public List<Data> units(Data all) {
    return all.part(summaries, summaries + units * columns, columns).items();
  }
}
