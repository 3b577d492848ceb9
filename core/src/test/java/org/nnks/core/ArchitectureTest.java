package org.nnks.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.tensor.Readout;

@AnalyzeClasses(packages = "org.nnks.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule coreKnowsNoModelNoTerminalAndNoPlot =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.nnks.core..",
              "java.io..",
              "java.lang..",
              "java.math..",
              "java.nio..",
              "java.security..",
              "java.time..",
              "java.util..",
              "ai.djl..",
              "org.apache.commons.csv..",
              "org.apache.commons.math3..",
              "com.google.gson..",
              "org.slf4j..")
          .because("a library may be used without a terminal, a screen, or any one model");

  /** Kinds of agents, and what only one kind does. */
  private static final String KINDS =
      ".*(Firm|Household|Consumer|Worker|Saver|Bank|Lumpy|Investment|Inventor|Labour).*";

  @ArchTest
  static final ArchRule coreKnowsNoKindOfAgent =
      noClasses()
          .should()
          .haveNameMatching(KINDS)
          .orShould()
          .resideInAnyPackage("..lumpy..", "..firms..", "..households..")
          .because("agents are declared; a solver of one kind belongs to the model that has it");

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.nnks.core.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule plainTypesKnowNoEngine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..core.numeric..",
              "..core.model..",
              "..core.markov..",
              "..core.forecast..",
              "..core.simulate..",
              "..core.statistics..",
              "..core.io..",
              "..core.accuracy..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  /** What copies an array to the host, and makes it wait for the device. */
  private static final DescribedPredicate<JavaCall<?>> READS_BACK =
      DescribedPredicate.describe(
          "reads an array back",
          call ->
              call.getTargetOwner().isAssignableTo(NDArray.class)
                      && call.getName()
                          .matches(
                              "to\\w*Array|toByteBuffer|contentEquals|toDebugString"
                                  + "|get(Double|Float|Long|Int|Boolean|Byte|Uint8|StringData)")
                  || call.getTargetOwner().isAssignableTo(Parameters.class)
                      && call.getName().matches("values|toDoubles")
                  || call.getTargetOwner().isAssignableTo(Network.class)
                      && call.getName().matches("values|toDoubles")
                  || call.getTargetOwner().isAssignableTo(Gradients.class)
                      && call.getName().matches("of|loss|norm|values"));

  @ArchTest
  static final ArchRule readsGoThroughOneDoor =
      noClasses()
          .that()
          .resideInAnyPackage("..core.tensor..", "..core.neural..")
          .and()
          .areNotAssignableTo(Readout.class)
          .should()
          .callCodeUnitWhere(READS_BACK)
          .because("what makes a device fast is not to ask it, so Readout counts who does");
}
