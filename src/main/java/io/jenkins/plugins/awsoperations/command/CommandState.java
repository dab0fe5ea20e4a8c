package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.aws.AwsConsole;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run of {@code runOnTaggedInstance} knows. What is handed out is never changed again: a poll works on a
 * copy.
 */
public final class CommandState implements Serializable {

    private static final long serialVersionUID = 1L;

    /** AWS ends a command by itself when its timeouts are over; after them, it gets this much longer. */
    private static final Duration BEYOND_TIMEOUTS = Duration.ofMinutes(10);

    /** Where the run stands. */
    enum Phase {
        /** Looks for a free worker, or waits for one. */
        CHOOSING,
        /** Has a worker and sends the command, or finds out whether it was sent. */
        SENDING,
        /** Waits for the end of the command. */
        RUNNING,
        /** The command has ended; its output is fetched. */
        COLLECTING,
        /** Waits before another try. */
        RETRYING
    }

    final CommandRequest request;
    final RunIdentity run;
    Phase phase = Phase.CHOOSING;

    @Nullable
    Instant startedAt;

    Instant notBefore = Instant.EPOCH;
    int setbacks;
    String accountId = "";
    String region = "";

    /** How often no worker was free for this try; those that do not take its command do not let it count anew. */
    int busyWaits;
    /** Which try this is, from 1; more than 1 after exit codes that are worth a retry. */
    int attempt = 1;
    /** How many commands were meant to be sent; part of what they are recognised by. */
    int sends;
    /** Workers that did not take the command, and why. */
    final TreeMap<String, String> refused = new TreeMap<>();

    @Nullable
    String instanceId;

    String instanceName = "";
    /** The worker's platform as Systems Manager names it: Linux, Windows or MacOS. */
    String platform = "";

    /** Set before the command is sent; when there is no command id, it may or may not have been. */
    @Nullable
    Instant sendIntendedAt;

    /** Since when it is not known whether AWS got the command. */
    @Nullable
    Instant inDoubtSince;

    int resends;

    @Nullable
    String commandId;

    @Nullable
    Instant sentAt;

    int polls;

    /** The status that the log told last. */
    @Nullable
    CommandStatus told;

    boolean toldSilent;

    @Nullable
    Instant healthLookedAt;

    /** What the command ended with. */
    @Nullable
    Invocation ended;

    @Nullable
    Instant endedAt;

    OutputState output = new OutputState();

    @Nullable
    String cancelReason;

    @Nullable
    Instant cancelledAt;

    boolean cancelSent;

    CommandState(CommandRequest request, RunIdentity run) {
        this.request = request;
        this.run = run;
    }

    /** The state before the first poll. */
    public static CommandState begin(CommandRequest request, RunIdentity run) {
        return new CommandState(request, run);
    }

    /** Unique for the run. */
    public String token() {
        return run.token();
    }

    /** When the first poll was. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** The AWS account's number, or an empty text before AWS said it. */
    public String accountId() {
        return accountId;
    }

    /** The worker, or null before one was chosen. */
    public @Nullable String instanceId() {
        return instanceId;
    }

    /** Worker and name as people know them, or an empty text. */
    public String worker() {
        return instanceId == null ? "" : instanceName.isEmpty() ? instanceId : instanceId + " (" + instanceName + ")";
    }

    /** AWS's id of the command, or null before it was sent. */
    public @Nullable String commandId() {
        return commandId;
    }

    /** The first line of what is run, or the document's name. */
    public String title() {
        return request.commands().stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .orElse(request.documentName() == null ? "" : request.documentName());
    }

    /** Whether nothing goes on but waiting for a free worker. */
    public boolean waitsForWorker() {
        return phase == Phase.CHOOSING && busyWaits > 0;
    }

    /** What there is in AWS of what was begun, for who ends the run without asking AWS; null for nothing. */
    public @Nullable String whatStays() {
        if (ended != null) {
            return null;
        }
        if (commandId != null) {
            return "command " + commandId + " on " + worker() + ", which may still run";
        }
        return sendIntendedAt == null ? null : "perhaps a command with the comment '" + comment() + "' on " + worker();
    }

    /** What the command is recognised by, whatever becomes of the reply. */
    String comment() {
        String text = CommandComment.PREFIX + run.token() + "." + sends + " " + run.display();
        return text.length() <= CommandComment.LONGEST ? text : text.substring(0, CommandComment.LONGEST);
    }

    /** When AWS should have ended the command by itself. */
    Instant deadline() {
        return (sentAt == null ? Instant.EPOCH : sentAt)
                .plusSeconds(request.deliveryTimeoutSeconds())
                .plusSeconds(request.executionTimeoutSeconds())
                .plus(BEYOND_TIMEOUTS);
    }

    @Nullable
    String consoleUrl() {
        return commandId == null || instanceId == null ? null : AwsConsole.command(region, commandId, instanceId);
    }

    /** Where the complete output is to be found, if the request keeps it. */
    @Nullable
    String outputUrl() {
        if (commandId == null || instanceId == null) {
            return null;
        }
        if (request.s3Bucket() != null) {
            return "s3://" + request.s3Bucket() + "/" + (request.s3Prefix() == null ? "" : request.s3Prefix() + "/")
                    + commandId + "/" + instanceId + "/";
        }
        return request.logGroup() == null
                ? null
                : AwsConsole.logStreams(region, request.logGroup(), commandId + "/" + instanceId);
    }

    /** Forgets the last command, so that another worker may be chosen. */
    void chooseAgain() {
        phase = Phase.CHOOSING;
        instanceId = null;
        instanceName = "";
        platform = "";
        sendIntendedAt = null;
        inDoubtSince = null;
        commandId = null;
        sentAt = null;
        polls = 0;
        told = null;
        toldSilent = false;
        healthLookedAt = null;
        ended = null;
        endedAt = null;
        output = new OutputState();
    }

    CommandState copy() {
        CommandState copy = new CommandState(request, run);
        copy.phase = phase;
        copy.startedAt = startedAt;
        copy.notBefore = notBefore;
        copy.setbacks = setbacks;
        copy.accountId = accountId;
        copy.region = region;
        copy.busyWaits = busyWaits;
        copy.attempt = attempt;
        copy.sends = sends;
        copy.refused.putAll(refused);
        copy.instanceId = instanceId;
        copy.instanceName = instanceName;
        copy.platform = platform;
        copy.sendIntendedAt = sendIntendedAt;
        copy.inDoubtSince = inDoubtSince;
        copy.resends = resends;
        copy.commandId = commandId;
        copy.sentAt = sentAt;
        copy.polls = polls;
        copy.told = told;
        copy.toldSilent = toldSilent;
        copy.healthLookedAt = healthLookedAt;
        copy.ended = ended;
        copy.endedAt = endedAt;
        copy.output = output.copy();
        copy.cancelReason = cancelReason;
        copy.cancelledAt = cancelledAt;
        copy.cancelSent = cancelSent;
        return copy;
    }
}
