package org.nnks.estimation;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.nnks.estimation",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule surveysKnowFirmsAndNoCalibration =
      classes()
          .that()
          .resideInAPackage("org.nnks.estimation")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.nnks.estimation..",
              "org.nnks.khanthomas.exact",
              "org.nnks.core..",
              "org.nnks.sbi..",
              "java..")
          .because("any economy of firms with lumpy investment can be estimated");

  @ArchTest
  static final ArchRule householdsAreThoseOfKrusellAndSmith =
      classes()
          .that()
          .resideInAPackage("org.nnks.estimation.households")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "org.nnks.estimation.households",
                      "org.nnks.krusellsmith.conditioned",
                      "org.nnks.core..",
                      "org.nnks.sbi..",
                      "java..")
                  .or(type(MicroMacroLayout.class)))
          .because("of what is for firms, households share the layout of data with units only");

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
