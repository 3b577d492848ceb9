// An economy of your own in forty lines: ./nnks shell scripts/jshell/own-economy.jsh
// Firms make A z k^.3 of goods and need workers only to change their capital; docs/adding-an-economy.md has each part.
class Mine implements DeclaredEconomy {
  // The state of a firm, what it may choose, what its rules forecast, and the price that clears the market.
  static final State K = State.logarithmic("k", .5, 16, 30);
  static final Control NEXT = K.next();
  static final Moment MEAN = Moment.mean("K", K, 2.5, 6.5);
  static final Price P = new Price("p", .4, 2.5, "the goods market");
  static final Branch WAIT = Branch.of("wait"), ADJUST = Branch.of("adjust", NEXT.free());
  static final Total Y = new Total("Y"), I = new Total("I"), N = new Total("N");
  static final double PHI = 2, BETA = .96, DELTA = .07;

  public String name() { return "mine"; }
  public double discountFactor() { return BETA; }
  public MarkovChain aggregate() { return MarkovChain.rouwenhorst(.85, .014, 3); }
  public MarkovChain own() { return MarkovChain.rouwenhorst(.85, .02, 3); }
  public List<Exogenous> exogenous() { return List.of(Exogenous.aggregate("A", aggregate().levels()), Exogenous.own("z", own().levels())); }
  public List<State> states() { return List.of(K); }
  public List<Moment> moments() { return List.of(MEAN); }
  public List<Price> prices() { return List.of(P); }
  public List<Branch> branches() { return List.of(WAIT, ADJUST); }

  // Equations, as in the paper: profits in units of p, capital next year, contributions to totals, the market.
  Expression output() { return exogenous().get(0).times(exogenous().get(1)).times(K.pow(.3)); }
  Expression kept() { return K.times(1 - DELTA); }
  public Choice.UniformCost choice() { return new Choice.UniformCost(ADJUST, Expression.constant(PHI * .02)); }
  public Term payoff(Branch b) { return P.times(b.equals(ADJUST) ? output().plus(kept()).minus(NEXT) : output()); }
  public Map<State, Term> next(Branch b) { return Map.of(K, b.equals(ADJUST) ? NEXT : kept()); }
  public Map<Total, Term> contributions(Branch b) { return b.equals(ADJUST) ? Map.of(Y, output(), I, NEXT.minus(kept()), N, choice().paid().over(Expression.constant(PHI))) : Map.of(Y, output()); }
  public Map<Price, Term> residuals() { return Map.of(P, Expression.constant(1).over(P).minus(Y.minus(I))); }
  public Map<String, Term> aggregates() { return Map.of("Y", Y, "I", I, "C", Y.minus(I), "N", N, "w", Expression.constant(PHI).over(P)); }
  public Initial initial() { return new Initial(1, 4.1); }
}
var economy = new Mine()
economy.check()

// Solve it by projection: rules, decisions and a history that agree.
var seeds = new Seeds(1)
int periods = Integer.getInteger("periods", 1_500)
var shocks = economy.aggregate().simulate(1, periods, seeds.stream("aggregate"))
var firms = new ProjectionSolver(economy, Device.cpu(), seeds)
var config = SolverConfig.standard().withBurnIn(Integer.getInteger("burnIn", 300)).withTolerance(1e-4)
var solution = new KrusellSmithSolver(config).solve(economy, firms, shocks, seeds)
System.out.println(solution.verdict())
solution.accuracy().equations().forEach((name, error) -> System.out.println(name + ": " + error))
System.out.printf("mean K %.3f, share adjusting %.3f%n", solution.path().capital().mean(), solution.path().meanCrossSection(0).get("adjust"))
firms.close()
// As a class in a jar, named in META-INF/services, it gets every command of nnks: reports, certify, irf, sweep.
/exit
