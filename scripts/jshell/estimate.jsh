// Estimates a simulator of your own: ./nnks shell scripts/jshell/estimate.jsh
import org.nnks.sbi.*
import org.nnks.sbi.diagnostics.*
import org.nnks.sbi.Simulator

// The model: the log wealth of 40 households is normal; their mean and log variance are observed.
var wealth = Simulator.of(DataShape.vector(2), (theta, random) -> {
  double sum = 0, squares = 0;
  for (int i = 0; i < 40; i++) {
    double log = theta.get(0) + theta.get(1) * random.nextGaussian();
    sum += log / 40; squares += log * log / 40;
  }
  return Data.vector(sum, Math.log(squares - sum * sum));
})

var prior = Prior.of(Parameter.normal("level", 0, 1), Parameter.uniform("spread", 0.1, 2))
var simulations = Simulations.draw(prior, wealth, Integer.getInteger("simulations", 2_000), 1)
System.out.printf("%d simulations, %d failed%n", simulations.size(), simulations.failures())

// Train once (Algorithm 2), then ask for any data (Algorithm 3).
var config = EstimatorConfig.standard().withEpochs(Integer.getInteger("epochs", 30))
var posterior = NeuralPosterior.train(prior, simulations, config, Device.cpu(), 1)
var observed = Data.vector(0.3, Math.log(0.64))
var draws = posterior.given(observed).sample(10_000, new Seeds(2).stream("posterior"))
for (var row : draws.table()) System.out.printf("%s  mean %.3f  sd %.3f  90 %% [%.3f, %.3f]%n", row.name(), row.mean(), row.sd(), row.lower5(), row.upper95())

// Is it right? Ranks on fresh simulations, and whether the data look like the model's.
var fresh = Simulations.draw(prior, wealth, 200, 3)
var report = DiagnosticsReport.of(posterior, fresh, observed, draws, Optional.of(wealth), new Seeds(4))
for (var row : report.parameters()) System.out.printf("%s  ranks in the band: %s  coverage of 90 %%: %.2f%n", row.name(), row.calibrated(), row.coverage90())
System.out.printf("misspecification p = %.2f%n", report.misspecification().pValue())
posterior.close()
/exit
