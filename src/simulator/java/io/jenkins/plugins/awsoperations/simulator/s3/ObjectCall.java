package io.jenkins.plugins.awsoperations.simulator.s3;

import io.jenkins.plugins.awsoperations.simulator.wire.CallFacts;
import io.jenkins.plugins.awsoperations.simulator.wire.ServedCall;

/** A call about an object. */
final class ObjectCall extends ServedCall {

    ObjectCall(CallFacts facts) {
        super(facts);
    }
}
