// Impulse responses and a counterfactual: ./nnks shell scripts/jshell/responses.jsh
int periods = Integer.getInteger("periods", 2_499)
int economies = Integer.getInteger("economies", 500)
String folder = System.getProperty("folder", "runs/responses")

// Two economies that differ in one parameter: firms pay up to .0083 or up to .03 of hours to adjust.
String exact = "khan-thomas --method exact --quiet --periods " + periods
var base = solve(exact + " --out " + folder + "/base")
var rigid = solve(exact + " --set maxFixedCost=0.03 --out " + folder + "/rigid")

// Both lived through the same shocks: their paths in the same figures, and the moments side by side.
nnks("compare " + base.folder() + " " + rigid.folder() + " --out " + folder + "/compared")
System.out.printf("sd of I: %.3f %% and %.3f %%%n", base.moments().businessCycle().rows().get(1).sdPercent(), rigid.moments().businessCycle().rows().get(1).sdPercent())

// Responses to a rise of productivity, and to a fall, drawn beside it; then those of the other economy beside both.
String shock = " --shock tfp --quiet --horizon 12 --economies " + economies + " --out " + folder
nnks("irf " + base.folder() + shock + "/rise")
nnks("irf " + base.folder() + shock + "/fall --size -1 --beside " + folder + "/rise")
nnks("irf " + rigid.folder() + shock + "/all --beside " + folder + "/rise --beside " + folder + "/fall")
System.out.println("figures: " + folder + "/all/irf.html")
base.close()
rigid.close()
/exit
