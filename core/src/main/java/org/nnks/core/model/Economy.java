package org.nnks.core.model;

import java.util.List;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;

/**
 * An economy of many agents with aggregate risk, as far as the Krusell-Smith loop knows it: what
 * the aggregate state is and does, and where its first moment, mean capital K, may move.
 *
 * <p>Who the agents are and what they decide is for more specific interfaces, such as {@code
 * DeclaredEconomy} of the package {@code org.nnks.core.economy}, and for the solver of the agents'
 * problem. Implementations are immutable.
 */
public interface Economy {

  /** Periods in a year. */
  int QUARTERS = 4;

  /** Periods in a year. */
  int MONTHS = 12;

  /** The name under which the command line and the files know this economy. */
  String name();

  /** beta, per period; in (0, 1). */
  double discountFactor();

  /**
   * The exogenous aggregate states on which forecast rules depend, with aggregate productivity in
   * levels. Two states may have the same level, if they differ in something else.
   */
  MarkovChain aggregate();

  /**
   * The aggregate state with which a state shares its forecast rule when a history visits it too
   * rarely to estimate its own: one that differs from it in what matters least. Itself if there is
   * none.
   */
  default int neighbour(int aggregateState) {
    return aggregateState;
  }

  /**
   * What should be known of every solution of this economy, one sentence each, such as that a chain
   * is far from the process it stands for.
   */
  default List<String> warnings() {
    return List.of();
  }

  /** Periods of the model in a year: one if it is annual, four if quarterly. */
  default int periodsPerYear() {
    return 1;
  }

  /** What widens the grids of agents, for messages: parameters by their names. */
  default String widening() {
    return "the ends of the grids of its states";
  }

  /** What a period is called on axes. */
  default String period() {
    return switch (periodsPerYear()) {
      case 1 -> "year";
      case MONTHS -> "month";
      case QUARTERS -> "quarter";
      default -> "period";
    };
  }

  /**
   * A variable of the history in words and with its symbol, for tables and plots; one of several,
   * such as K2, as one of its kind; its name alone where nothing else is known.
   */
  default String label(String variable) {
    return switch (variable) {
      case "A" -> "productivity A";
      case "K" -> "mean capital K";
      case "k" -> "capital k";
      case "Y" -> "output Y";
      case "I" -> "investment I";
      case "C" -> "consumption C";
      case "N" -> "hours N";
      case "w" -> "wage w";
      case "p" -> "price p";
      default -> {
        String kind = variable.replaceFirst("\\d+$", "");
        String words = kind.equals(variable) || kind.isEmpty() ? variable : label(kind);
        yield words.endsWith(" " + kind) ? words + variable.substring(kind.length()) : variable;
      }
    };
  }

  /** What an aggregate state, counted from zero, is called in tables that show its productivity. */
  default String stateName(int aggregateState) {
    return "state " + (aggregateState + 1);
  }

  /** K: the interval of mean capital on which decisions are solved. */
  Grid meanCapital();

  /** Where a simulated history starts. */
  Start start();

  /**
   * Where a simulated history starts.
   *
   * @param aggregateState the first aggregate state, counted from zero
   * @param meanCapital the first K, used in the forecasts of the first period
   */
  record Start(int aggregateState, double meanCapital) {}
}
