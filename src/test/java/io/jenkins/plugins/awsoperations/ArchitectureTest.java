package io.jenkins.plugins.awsoperations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The layer table: imports point one way. */
@AnalyzeClasses(packages = "io.jenkins.plugins.awsoperations", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.jenkins.plugins.awsoperations.";

    @ArchTest
    static final ArchRule LAYERS = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("jenkins")
            .definedBy(ROOT + "jenkins..")
            .layer("cli")
            .definedBy(ROOT + "cli..")
            .layer("tasks")
            .definedBy(
                    ROOT + "backup..",
                    ROOT + "command..",
                    ROOT + "statemachine..",
                    ROOT + "alert..",
                    ROOT + "history..")
            .layer("aws")
            .definedBy(ROOT + "fleet..", ROOT + "aws..")
            .layer("operation")
            .definedBy(ROOT + "operation..")
            .whereLayer("jenkins")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("tasks")
            .mayOnlyBeAccessedByLayers("jenkins", "cli")
            .whereLayer("aws")
            .mayOnlyBeAccessedByLayers("jenkins", "cli", "tasks");

    @ArchTest
    static final ArchRule TASKS_DO_NOT_KNOW_EACH_OTHER = slices().matching(
                    ROOT + "(backup|command|statemachine|alert)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONLY_THE_JENKINS_PACKAGE_KNOWS_JENKINS = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "jenkins..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..");

    @ArchTest
    static final ArchRule NOTHING_SHIPPED_KNOWS_THE_SIMULATOR = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "simulator..", ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "simulator..");

    @ArchTest
    static final ArchRule THE_SIMULATOR_KNOWS_NEITHER_THE_ENGINE_NOR_THE_SDK = noClasses()
            .that()
            .resideInAPackage(ROOT + "simulator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "operation..", ROOT + "aws..", ROOT + "fleet..", ROOT + "backup..", "software.amazon..")
            // In the plugin's build the simulator belongs to the tests, which are not looked at.
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NOTHING_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
