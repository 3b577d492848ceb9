// Solves Khan-Thomas, simulates other shocks and prints moments: ./nnks shell scripts/jshell/khan-thomas.jsh
var economy = new KhanThomasDeclaration(KhanThomasCalibration.terry2017().withMaxFixedCost(0.0083))
var seeds = new Seeds(Long.getLong("seed", 1))
int periods = Integer.getInteger("periods", 2_499)
var config = SolverConfig.standard().withBurnIn(Integer.getInteger("burnIn", 500)).withTolerance(1e-4)
var shocks = economy.aggregate().simulate(2, periods, seeds.stream("aggregate"))

// Algorithm 4; the firms' problem by least squares on drawn features, exact decisions in the price search.
var firms = new ProjectionSolver(economy, Device.cpu(), seeds)
var solution = new KrusellSmithSolver(config).solve(economy, firms, shocks, seeds)
System.out.println(solution.verdict())

// The same decisions on other shocks.
var otherShocks = economy.aggregate().simulate(2, periods, seeds.stream("other"))
var path = new EconomySimulator().simulate(solution.agents().policies(), otherShocks)
var moments = Moments.of(economy, path, config.burnIn())
for (var row : moments.businessCycle().rows()) System.out.printf("%s  sd %.4f %%  ratio %.4f  correlation %.4f%n", row.name(), row.sdPercent(), row.ratio(), row.correlation())
var rates = InvestmentRates.of(moments.crossSection())
System.out.printf("inaction %.4f  positive spikes %.4f%n", rates.inaction(), rates.positiveSpike())
firms.close()
/exit
