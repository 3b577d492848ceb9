package org.nnks.krusellsmith.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * Households at which the Euler equation is to hold, in cross-sections of Young's histogram: the
 * households that an economy is judged by.
 *
 * <p>Each histogram is looked at in every aggregate state, and every second one with all of its
 * capital scaled, so that K is met wider than on one path. In each cross-section households of each
 * idiosyncratic state stand for it, two for each class of equal mass, at the mean of its wealth
 * minus and plus its standard deviation: K and K' are their weighted means. Many more, without
 * mass, are placed anywhere: least squares is no guide between points that are far apart.
 */
final class HouseholdSample {

  /** Every second histogram has K within this share of the representative agent's. */
  private static final double SCALED = 0.25;

  /**
   * Importance of the equation where capital was scaled, and for each step that the aggregate state
   * is away from the one in which the histogram was met: K' depends on more than K, and what is
   * expected of it should be right where economies are.
   */
  private static final double IF_SCALED = 0.5;

  private static final double EACH_STEP_AWAY = 0.7;

  /**
   * Households without mass lie evenly in log(k + this share of a quarter's mean labour income):
   * consumption bends where households own the income of a few days.
   */
  private static final double OFFSET = 0.05;

  /**
   * A cross-section.
   *
   * @param aggregate the state of z
   * @param meanCapital K
   */
  record Section(int aggregate, double meanCapital) {}

  /**
   * A household.
   *
   * @param section the index of its cross-section
   * @param state its idiosyncratic state
   * @param capital k
   * @param mass the share of households for which it stands; sums to one in a cross-section
   * @param importance of its equation
   */
  record Household(int section, int state, double capital, double mass, double importance) {}

  private final KrusellSmith economy;
  private final List<Section> sections = new ArrayList<>();
  private final List<Household> households = new ArrayList<>();

  private HouseholdSample(KrusellSmith economy) {
    this.economy = economy;
  }

  /**
   * Draws a sample.
   *
   * @param economy whose nodes of capital the histograms have
   * @param classes of equal mass, for each idiosyncratic state
   * @param anywhere households without mass, for each idiosyncratic state
   */
  static HouseholdSample of(
      KrusellSmith economy,
      List<Households> histograms,
      int classes,
      int anywhere,
      RandomGenerator random) {
    HouseholdSample sample = new HouseholdSample(economy);
    for (int i = 0; i < histograms.size(); i++) {
      boolean scaled = i % 2 == 1;
      double wanted = economy.steadyCapital() * (1 + SCALED * (2 * random.nextDouble() - 1));
      double scale = scaled ? wanted / histograms.get(i).meanCapital() : 1;
      for (int a = 0; a < economy.aggregate().size(); a++) {
        int away = Math.abs(a - histograms.get(i).aggregateState());
        double importance = Math.pow(EACH_STEP_AWAY, away) * (scaled ? IF_SCALED : 1);
        sample.add(histograms.get(i), a, scale, importance, classes, anywhere, random);
      }
    }
    return sample;
  }

  private void add(
      Households histogram,
      int aggregate,
      double scale,
      double importance,
      int classes,
      int anywhere,
      RandomGenerator random) {
    int section = sections.size();
    double mean = 0;
    for (int s = 0; s < economy.states(); s++) {
      double mass = economy.shares(aggregate).get(s) / (2 * classes);
      for (double capital : pairs(histogram, s, classes)) {
        households.add(new Household(section, s, scale * capital, mass, importance));
        mean += mass * scale * capital;
      }
      for (int j = 0; j < anywhere; j++) {
        double capital = anywhere((j + random.nextDouble()) / anywhere);
        households.add(new Household(section, s, capital, 0, importance));
      }
    }
    sections.add(new Section(aggregate, mean));
  }

  /** Mean minus and plus standard deviation of k in each class of a state's households, if any. */
  private double[] pairs(Households histogram, int state, int classes) {
    double[] pairs = new double[2 * classes];
    double total = 0;
    for (int i = 0; i < economy.capital().size(); i++) {
      total += histogram.mass(state, i);
    }
    if (total == 0) {
      return new double[0];
    }
    int node = 0;
    double left = histogram.mass(state, 0);
    for (int c = 0; c < classes; c++) {
      double wanted = total / classes;
      double mass = 0;
      double mean = 0;
      double square = 0;
      // Nodes are shared between classes; the last class takes what rounding leaves.
      while (mass < wanted && node < economy.capital().size()) {
        double k = economy.capital().get(node);
        double taken = Math.min(left, wanted - mass);
        mass += taken;
        mean += taken * k;
        square += taken * k * k;
        left -= taken;
        if (left <= 0) {
          node++;
          left = node < economy.capital().size() ? histogram.mass(state, node) : 0;
        }
      }
      mean /= mass;
      double sd = Math.sqrt(Math.max(square / mass - mean * mean, 0));
      pairs[2 * c] = Math.max(mean - sd, 0);
      pairs[2 * c + 1] = mean + Math.min(sd, mean);
    }
    return pairs;
  }

  /** Capital on the economy's grid, at a share of the way from none to the most. */
  private double anywhere(double share) {
    int middle = economy.aggregate().size() / 2;
    double income = economy.wage(middle, economy.steadyCapital()) * economy.meanLabour(middle);
    double offset = OFFSET * income;
    double most = economy.calibration().capitalMax();
    return offset * (Math.pow((most + offset) / offset, share) - 1);
  }

  int size() {
    return households.size();
  }

  Household household(int i) {
    return households.get(i);
  }

  /** The cross-section of a household. */
  Section sectionOf(int i) {
    return sections.get(households.get(i).section());
  }

  /** Cash on hand of a household. */
  double cash(int i) {
    Household household = households.get(i);
    Section section = sectionOf(i);
    int a = section.aggregate();
    return economy.grossReturn(a, section.meanCapital()) * household.capital()
        + economy.wage(a, section.meanCapital()) * economy.income(a, household.state());
  }

  /** The mean over the households of each cross-section of a quantity. */
  double[] means(double[] values) {
    double[] means = new double[sections.size()];
    for (int i = 0; i < values.length; i++) {
      means[households.get(i).section()] += households.get(i).mass() * values[i];
    }
    return means;
  }
}
