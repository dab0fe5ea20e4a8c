package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;

/** One action of the EC2 API. */
@FunctionalInterface
interface Ec2Action {

    /** Does what the call asks and writes the reply. */
    void run(ServiceCall call);
}
