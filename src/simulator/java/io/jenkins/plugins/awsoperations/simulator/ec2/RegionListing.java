package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;

/** DescribeRegions: the one Region that is simulated. */
final class RegionListing implements Ec2Action {

    private final Ec2Context context;

    RegionListing(Ec2Context context) {
        this.context = context;
    }

    @Override
    public void run(ServiceCall call) {
        context.permit(call);
        call.reply()
                .open("regionInfo")
                .open("item")
                .text("regionName", context.region())
                .text("regionEndpoint", "ec2." + context.region() + ".amazonaws.com")
                .text("optInStatus", "opt-in-not-required")
                .close("item")
                .close("regionInfo");
    }
}
