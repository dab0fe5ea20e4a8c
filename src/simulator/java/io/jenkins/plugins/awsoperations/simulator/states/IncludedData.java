package io.jenkins.plugins.awsoperations.simulator.states;

import static io.jenkins.plugins.awsoperations.simulator.states.StatesNames.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;

/** The parameter includedData. */
final class IncludedData {

    private IncludedData() {}

    /**
     * Whether a reply is to have everything.
     *
     * @throws AwsError ValidationException
     */
    static boolean wanted(JsonCall call) {
        String wanted = call.request().text("includedData");
        if (wanted != null && !wanted.equals("ALL_DATA") && !wanted.equals("METADATA_ONLY")) {
            throw CONSTRAINTS.broken("includedData", wanted, "satisfy enum value set: [ALL_DATA, METADATA_ONLY]");
        }
        return !"METADATA_ONLY".equals(wanted);
    }
}
