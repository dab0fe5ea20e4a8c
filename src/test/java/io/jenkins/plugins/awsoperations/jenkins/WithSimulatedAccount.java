package io.jenkins.plugins.awsoperations.jenkins;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * For tests in a Jenkins with a simulated AWS: methods with a {@link JenkinsRule} and, behind it, a {@link SimulatedAccount} get
 * an account that is new for each test, the only one with credentials that the Jenkins has, and closed after the test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithJenkins
@ExtendWith(SimulatedAccountExtension.class)
public @interface WithSimulatedAccount {

    /** Simulated seconds per real second. */
    double speed() default 30;
}
