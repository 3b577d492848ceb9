package org.nnks.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
}
