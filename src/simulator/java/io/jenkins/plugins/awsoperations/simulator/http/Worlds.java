package io.jenkins.plugins.awsoperations.simulator.http;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.awsoperations.simulator.ec2.Ec2World;
import io.jenkins.plugins.awsoperations.simulator.events.EventsWorld;
import io.jenkins.plugins.awsoperations.simulator.logs.LogsWorld;
import io.jenkins.plugins.awsoperations.simulator.s3.S3World;
import io.jenkins.plugins.awsoperations.simulator.ssm.SsmWorld;
import io.jenkins.plugins.awsoperations.simulator.states.StatesWorld;

/** Everything that the control plane shows. */
@SuppressFBWarnings(
        value = "EI_EXPOSE_REP",
        justification = "To share the worlds is what the record is for; each is thread-safe.")
public record Worlds(Ec2World ec2, SsmWorld ssm, LogsWorld logs, S3World s3, EventsWorld events, StatesWorld states) {}
