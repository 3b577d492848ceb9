package org.nnks.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.cli.impulse.Impulse;
import org.nnks.cli.impulse.ImpulseOptions;
import org.nnks.cli.impulse.StateImpulse;
import org.nnks.cli.progress.LearningListener;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.archive.RunResults;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.NamedCalibration;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Device;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasCalibration;
import org.nnks.khanthomas.KhanThomasDeclaration;
import org.nnks.khanthomas.KhanThomasRules;
import org.nnks.khanthomas.KhanThomasTables;
import org.nnks.khanthomas.exact.InvestmentRates;

/** Khan and Thomas (2008). */
public final class KhanThomasEntry implements ModelEntry<KhanThomasCalibration> {

  @Override
  public String name() {
    return KhanThomas.NAME;
  }

  @Override
  public String description() {
    return "Khan and Thomas (2008): lumpy investment with fixed costs; calibration of Terry (2017)";
  }

  @Override
  public List<NamedCalibration<KhanThomasCalibration>> calibrations() {
    return List.of(
        new NamedCalibration<>(
            "terry2017", "the baseline of Terry (2017)", KhanThomasCalibration.terry2017()),
        new NamedCalibration<>(
            "terry2017-volatility",
            "idiosyncratic volatility rises in recessions; appendix D.2",
            KhanThomasCalibration.terry2017Volatility()),
        new NamedCalibration<>(
            "terry2017-subsidy",
            "a size-dependent, procyclical labour subsidy; appendix D.1",
            KhanThomasCalibration.terry2017Subsidy()),
        new NamedCalibration<>(
            "terry2017-maintenance",
            "maintenance investment without fixed cost; appendix B.1",
            KhanThomasCalibration.terry2017Maintenance()));
  }

  @Override
  public Map<String, ForecastRules> rules() {
    return Map.of("terry2017", KhanThomasRules.terry2017Initial());
  }

  @Override
  public Class<KhanThomasCalibration> calibrationType() {
    return KhanThomasCalibration.class;
  }

  @Override
  public Economy economy(KhanThomasCalibration calibration) {
    return new KhanThomas(calibration);
  }

  @Override
  public Optional<DeclaredEconomy> declaration(KhanThomasCalibration calibration) {
    return Optional.of(new KhanThomasDeclaration(calibration));
  }

  @Override
  public List<NamedMethod> methods() {
    return List.of(
        NamedMethod.of(RunSettings.Method.PROJECTION),
        NamedMethod.of(RunSettings.Method.EXACT),
        NamedMethod.of(RunSettings.Method.NEURAL),
        NamedMethod.of(RunSettings.Method.ORACLE),
        NamedMethod.of(RunSettings.Method.DIRECT),
        NamedMethod.of(RunSettings.Method.INTERPOLATED),
        NamedMethod.of(RunSettings.Method.TERRY),
        NamedMethod.of(RunSettings.Method.TRANSITION));
  }

  @Override
  public RunSettings.Method beforeTransition() {
    return RunSettings.Method.PROJECTION;
  }

  @Override
  public boolean smoothInParameters() {
    return true;
  }

  /** The exact grid judges networks and the projection, and the projection judges grids. */
  @Override
  public Optional<RunSettings.Method> rival(
      RunSettings.Method method, KhanThomasCalibration calibration) {
    return Optional.of(
        method.usesDevice() ? RunSettings.Method.EXACT : RunSettings.Method.PROJECTION);
  }

  @Override
  public BellmanSolver open(
      KhanThomasCalibration calibration,
      RunSettings settings,
      Device device,
      LearningListener training) {
    return switch (settings.method()) {
      case PROJECTION, NEURAL, ORACLE ->
          DeclaredMethods.open(new KhanThomasDeclaration(calibration), settings, device);
      case EXACT, DIRECT, INTERPOLATED, TERRY, VFI, DDPG, THRESHOLDS, MARGINAL_VALUE, TRANSITION ->
          LumpyMethods.open(new KhanThomas(calibration), settings);
    };
  }

  @Override
  public List<ComparisonTable> tables(RunResults results, double solveSeconds) {
    if (results.rules().used().prices().size() > 1) { // an economy that nothing published is of
      return List.of();
    }
    List<ComparisonTable> tables = new ArrayList<>();
    tables.add(KhanThomasTables.times(results.history(), solveSeconds));
    // Solutions of the declared economy are not measured at the paper's points.
    boolean declared = results.accuracy().equations().containsKey(AgentSolution.BELLMAN);
    if (!declared) {
      tables.add(KhanThomasTables.bellmanErrors(results.accuracy()));
    }
    tables.add(KhanThomasTables.businessCycle(results.moments()));
    tables.add(KhanThomasTables.forecasts(results.accuracy()));
    tables.add(KhanThomasTables.forecastsByState(results.accuracy()));
    Map<String, Double> crossSection = results.moments().crossSection();
    if (crossSection.containsKey(InvestmentRates.MEAN)) { // not in runs of the last release
      tables.add(KhanThomasTables.investmentRates(InvestmentRates.of(crossSection)));
    }
    return tables;
  }

  @Override
  public List<String> impulses() {
    return List.of(StateImpulse.TFP);
  }

  @Override
  public Impulse impulse(String shock, KhanThomasCalibration calibration, ImpulseOptions options) {
    return StateImpulse.tfp(economy(calibration), calibration.aggregateSd(), options);
  }

  @Override
  public List<ComparisonTable> impulseTables(ImpulseResponse response) {
    return KhanThomasTables.impactResponses(response).stream().toList();
  }
}
