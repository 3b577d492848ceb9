package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;

/** {@link ForecastRules} on a device, by exogenous states h = (a, e). */
final class TensorForecasts implements AutoCloseable {

  private final NDManager manager;

  private final int moments;
  private final int prices;
  private final NDArray coefficients;
  private final NDArray[][] rows;

  /**
   * Forecasts on a device.
   *
   * @param own the number of own states e
   */
  TensorForecasts(ForecastRules forecasts, int own, Device device, DataType precision) {
    manager = device.newManager();
    moments = forecasts.moments().size();
    prices = forecasts.prices().size();
    List<LogLinearRule> rules = new ArrayList<>(forecasts.moments());
    rules.addAll(forecasts.prices());
    if (rules.stream().anyMatch(rule -> rule.curvature().isPresent())) {
      throw new IllegalArgumentException(
          "networks on a device forecast by lines in the logs of moments but got rules with a curvature");
    }
    int size = forecasts.states() * own;
    int terms = 1 + moments;
    double[] all = new double[size * rules.size() * terms];
    rows = new NDArray[prices][terms];
    for (int v = 0; v < rules.size(); v++) {
      for (int i = 0; i < terms; i++) {
        double[] row = new double[size];
        for (int h = 0; h < size; h++) {
          LogLinearRule rule = rules.get(v);
          row[h] = (i == 0 ? rule.intercept() : rule.slopes().get(i - 1)).get(h / own);
          all[(h * rules.size() + v) * terms + i] = row[h];
        }
        if (v >= moments) {
          rows[v - moments][i] = Network.create(manager, row, new Shape(1, size), precision);
        }
      }
    }
    coefficients =
        Network.create(manager, all, new Shape(size, (long) rules.size() * terms), precision);
  }

  /**
   * Logs of next period's moments and of this period's prices.
   *
   * @param select shape (n, states)
   * @param logMoments of shape (n, 1)
   * @return moments and then prices, of shape (n, 1)
   */
  NDList logs(NDArray select, List<NDArray> logMoments) {
    int terms = 1 + moments;
    NDList columns = select.matMul(coefficients).split((long) (moments + prices) * terms, 1);
    NDList logs = new NDList();
    for (int v = 0; v < moments + prices; v++) {
      NDArray log = columns.get(v * terms);
      for (int j = 0; j < moments; j++) {
        log = log.add(columns.get(v * terms + 1 + j).mul(logMoments.get(j)));
      }
      logs.add(log);
    }
    return logs;
  }

  /** Log forecasts of a price in all states, at moments of shape (n, 1): shape (n, states). */
  NDArray logPrice(int l, List<NDArray> logMoments) {
    NDArray log = logMoments.get(0).mul(rows[l][1]).add(rows[l][0]);
    for (int j = 1; j < moments; j++) {
      log = log.add(logMoments.get(j).mul(rows[l][1 + j]));
    }
    return log;
  }

  @Override
  public void close() {
    manager.close();
  }
}
