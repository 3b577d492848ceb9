package org.nnks.distributed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.nnks.distributed",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule sweepsKnowNoModel =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.nnks.distributed..",
              "org.nnks.core..",
              "org.nnks.sbi..",
              "java..",
              "scala..",
              "org.apache.spark..");

  @ArchTest
  static final ArchRule onlyTheClusterAndItsWorkKnowSpark =
      classes()
          .that()
          .doNotHaveSimpleName("Cluster")
          .and()
          .doNotHaveSimpleName("SolvePoint")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("org.apache.spark..", "scala..")
          .because("a command that sweeps nothing runs without Spark on its class path");

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
