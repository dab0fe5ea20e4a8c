package io.jenkins.plugins.awsoperations.jenkins.config;

import hudson.util.ComboBoxModel;
import software.amazon.awssdk.regions.Region;

/** The AWS regions that the SDK knows, for forms; AWS is not called, and others may be typed. */
public final class AwsRegions {

    private AwsRegions() {}

    public static ComboBoxModel model() {
        ComboBoxModel model = new ComboBoxModel();
        Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .map(Region::id)
                .sorted()
                .forEach(model::add);
        return model;
    }
}
