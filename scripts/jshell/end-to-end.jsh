// One economy from its solution to a table for the paper: ./nnks shell scripts/jshell/end-to-end.jsh
int periods = Integer.getInteger("periods", 2_499)
String folder = System.getProperty("folder", "runs/end-to-end")

// Solve Khan and Thomas (2008) exactly. The folder has the report, and every table and figure as files.
var run = solve("khan-thomas --method exact --quiet --periods " + periods + " --out " + folder)
System.out.println(run)

// What the economy adds up to: means and business cycle, and how often firms adjust.
System.out.printf("mean K %.3f, mean 1/C %.3f%n", run.path().series("K").mean(), run.path().series("p").mean())
for (var row : run.moments().businessCycle().rows()) System.out.printf("%s  sd %.3f %%  ratio %.3f  correlation with Y %.3f%n", row.name(), row.sdPercent(), row.ratio(), row.correlation())

// How good it is: forecasts iterated on fresh shocks, and another method on the same ones. 0 is certified, 1 is not.
run.accuracy().freshPath().moments().forEach((name, error) -> System.out.printf("dynamic forecast of %s within %.3f %%%n", name, error.max()))
int certified = nnks("certify " + folder + " --quiet")

// The same firms on other shocks.
var other = run.simulate(periods, 2)
System.out.printf("mean K on other shocks %.3f%n", other.capital().mean())

// Tables for the paper, figures for the slides, arrays for Python.
try (var files = Files.list(run.folder().resolve("tables"))) { System.out.println(files.filter(file -> file.toString().endsWith(".tex")).count() + " tables in LaTeX"); }
run.close()
/exit
