package org.nnks.krusellsmith.projection;

import org.nnks.core.nets.InputBox;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/**
 * What features see of a household, (own state, z, K, own k three times), and the share of cash
 * from which its decision is learned as a deviation: the one that keeps capital. Immutable.
 */
final class HouseholdInputs {

  /**
   * Own k is seen three times, as log(k + offset) with offsets of the income of a quarter, of nine
   * days and of two: consumption bends where k is small, and again where the next k' is at a bend.
   */
  private static final double[] OFFSET_INCOMES = {1, 0.1, 0.02};

  /** Own state, z and K; then own k. */
  private static final int OTHERS = 3;

  /**
   * How much decisions bend along the own state, z, K and own k, relative to unit-size inputs:
   * random features of smooth inputs waste no width, and those of own k have to follow the bend at
   * the borrowing limit.
   */
  private static final double[] CURVATURE = {0.5, 0.6, 0.6, 6};

  /**
   * The same with unemployment: jobs are kept or lost, what is decided in one state says little
   * about the other, and k' of the unemployed bends again where next period's does.
   */
  private static final double[] RISK_CURVATURE = {2, 1.2, 0.3, 6};

  /** log z and log l as [-1, 1], in standard deviations. */
  private static final double SDS = 3;

  /** K is seen as [-1, 1] within this share of the representative agent's. */
  private static final double MEAN_WIDTH = 0.5;

  /** Highest k of the input box, relative to K. */
  private static final double RICH = 6;

  /** The share of labour income that the poorest save who otherwise keep their capital. */
  private static final double POOR_SAVING = 0.1;

  /** Quarterly persistence of employment, for the present value of income. */
  private static final double JOB_PERSISTENCE = 0.5;

  private final KrusellSmith economy;
  private final KrusellSmithCalibration calibration;
  private final boolean risk;
  private final double[] curvature;
  private final double labourIncome;
  private final double persistentIncome;
  private final double[] offsets = new double[OFFSET_INCOMES.length];
  private final InputBox[] capitalBoxes = new InputBox[OFFSET_INCOMES.length];
  private final InputBox meanCapitalBox;

  HouseholdInputs(KrusellSmith economy) {
    this.economy = economy;
    calibration = economy.calibration();
    risk = calibration.employment().atRisk();
    curvature = risk ? RISK_CURVATURE : CURVATURE;
    double beta = calibration.discountFactor();
    int middle = economy.aggregate().size() / 2;
    double steady = economy.steadyCapital();
    labourIncome = economy.wage(middle, steady) * economy.meanLabour(middle);
    double persistence = risk ? JOB_PERSISTENCE : calibration.labour().persistence();
    // The present value of income that is expected to return to its mean at rate rho.
    persistentIncome = (1 - beta) / (1 - beta * persistence);
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = OFFSET_INCOMES[i] * labourIncome;
      capitalBoxes[i] = new InputBox(Math.log(offsets[i]), Math.log(RICH * steady + offsets[i]));
    }
    meanCapitalBox =
        new InputBox(Math.log((1 - MEAN_WIDTH) * steady), Math.log((1 + MEAN_WIDTH) * steady));
  }

  /** The number of inputs. */
  int width() {
    return OTHERS + offsets.length;
  }

  /** Writes the inputs of a household from position {@code at} on. */
  void write(int aggregate, int state, double capital, double mean, double[] rows, int at) {
    rows[at] = own(aggregate, state);
    rows[at + 1] = aggregate(aggregate);
    rows[at + 2] = meanCapitalBox.scale(Math.log(mean));
    for (int j = 0; j < OTHERS; j++) {
      rows[at + j] *= curvature[j];
    }
    for (int i = 0; i < offsets.length; i++) {
      rows[at + OTHERS + i] =
          curvature[OTHERS] * capitalBoxes[i].scale(Math.log(capital + offsets[i]));
    }
  }

  private double own(int aggregate, int state) {
    if (risk) {
      return centred(state, economy.states());
    }
    double sd = calibration.labour().unconditionalSd();
    double log = Math.log(economy.income(aggregate, state)) - calibration.labour().logMean();
    return sd == 0 ? 0 : log / (SDS * sd);
  }

  private double aggregate(int aggregate) {
    if (risk) {
      return centred(aggregate, economy.aggregate().size());
    }
    double sd = calibration.productivity().unconditionalSd();
    double log =
        Math.log(economy.aggregate().level(aggregate)) - calibration.productivity().logMean();
    return sd == 0 ? 0 : log / (SDS * sd);
  }

  private static double centred(int state, int states) {
    return states == 1 ? 0 : 2.0 * state / (states - 1) - 1;
  }

  /** The log of the share of cash that keeps capital, but that the poorest save a little. */
  double logKeeping(int aggregate, int state, double capital, double mean) {
    double net = economy.grossReturn(aggregate, mean) - 1;
    double labour = economy.meanLabour(aggregate);
    double income = labour + persistentIncome * (economy.income(aggregate, state) - labour);
    // Net returns fall below zero only far off the equilibrium: a start needs no better answer.
    double consumption = Math.max(net, 0) * capital + economy.wage(aggregate, mean) * income;
    return -Math.log1p((capital + POOR_SAVING * labourIncome) / consumption);
  }
}
