package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that works in an AWS account, and can tell somebody when it fails. */
public abstract class AlertingStep extends AwsStep {

    private String alertChannel;

    @CheckForNull
    @Override
    public final String getAlertChannel() {
        return alertChannel;
    }

    @DataBoundSetter
    public final void setAlertChannel(String alertChannel) {
        this.alertChannel = Util.fixEmptyAndTrim(alertChannel);
    }
}
