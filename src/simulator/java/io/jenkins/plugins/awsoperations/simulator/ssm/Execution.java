package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.OutputLimits;
import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.logs.LogsWorld;
import io.jenkins.plugins.awsoperations.simulator.s3.S3World;
import io.jenkins.plugins.awsoperations.simulator.wire.Blob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node does about one command: run it, send its output away, reboot when it asks for that, and report. Guarded by
 * the simulator's lock.
 */
final class Execution {

    // The agent's public source (amazon-ssm-agent): exit code of what the agent itself stopped; period of its uploads.
    private static final int STOPPED = 137;
    private static final Duration UPLOAD_PERIOD = Duration.ofSeconds(1);
    private static final int MAX_REBOOTS = 10;

    private final Invocation invocation;
    private final NodeAgent agent;
    private final Surroundings around;
    private final NodeOutput out;
    private final NodeOutput err;
    private final List<LogStreaming> streams;
    private Phase phase = Phase.RUNNING;
    private @Nullable NodeProcess process;
    private @Nullable RunRecord run;
    private int runNumber;
    private int exitCode;
    private boolean unheard;
    private boolean timedOut;
    private boolean cancelAsked;
    private boolean cancelled;

    Execution(Invocation invocation, NodeAgent agent, Surroundings around) {
        this.invocation = invocation;
        this.agent = agent;
        this.around = around;
        boolean real = around.starter().runsForReal(agent);
        this.out = real ? around.starter().file(invocation, "stdout") : new MemoryOutput();
        this.err = real ? around.starter().file(invocation, "stderr") : new MemoryOutput();
        this.streams = streams();
    }

    /**
     * What an execution touches.
     *
     * @param starter starts its processes
     */
    record Surroundings(
            SsmStore store, Nodes nodes, SimulatorParts parts, LogsWorld logs, S3World s3, NodeStarter starter) {}

    private enum Phase {
        RUNNING,
        UPLOADING,
        REBOOTING,
        OVER
    }

    private List<LogStreaming> streams() {
        OutputPlaces places = invocation.command().request().output();
        if (!places.logs()) {
            return List.of();
        }
        String group = places.logGroupOf(invocation.command().document());
        return List.of(
                new LogStreaming(around.logs(), group, OutputPlaces.logStream(invocation, "stdout"), out),
                new LogStreaming(around.logs(), group, OutputPlaces.logStream(invocation, "stderr"), err));
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    void begin(Instant now) {
        invocation.start(this, now);
        unheard = agent.diesNow();
        run(now);
    }

    private void run(Instant now) {
        runNumber++;
        phase = Phase.RUNNING;
        SentCommand command = invocation.command();
        run = around.store().newRun(command, invocation.instanceId(), now);
        int number = runNumber;
        around.parts().timeline().at(now.plus(command.request().executionTimeout()), then -> timeOut(number, then));
        if (!streams.isEmpty()) {
            boolean again = around.parts().settings().commands().logsRepeatAfterReboot();
            streams.forEach(stream -> stream.start(again));
            around.parts().timeline().at(now.plus(UPLOAD_PERIOD), then -> tick(number, then));
        }
        process =
                around.starter().start(nodeCommand(), agent, out, err, now, (code, then) -> exited(number, code, then));
    }

    private NodeCommand nodeCommand() {
        SentCommand command = invocation.command();
        return new NodeCommand(
                command.id(),
                invocation.instanceId(),
                command.request().parameters().getOrDefault("commands", List.of()),
                String.join("", command.request().parameters().getOrDefault("workingDirectory", List.of())),
                command.document().name(),
                command.request().parameters(),
                command.comment(),
                runNumber);
    }

    private void timeOut(int number, Instant now) {
        if (phase == Phase.RUNNING && number == runNumber && !cancelled) {
            timedOut = true;
            stop(now);
        }
    }

    /** The agent hears that the command is to be cancelled, if it hears anything. */
    void cancel(Instant now) {
        cancelAsked = true;
        if (phase == Phase.RUNNING && !unheard && !timedOut && around.nodes().reaches(agent, now)) {
            cancelled = true;
            stop(now);
        }
    }

    private void stop(Instant now) {
        if (process != null) {
            process.kill(now);
        }
    }

    private void exited(int number, int code, Instant now) {
        if (phase != Phase.RUNNING || number != runNumber) {
            return;
        }
        exitCode = timedOut || cancelled ? STOPPED : code;
        if (run != null) {
            run.end(now, exitCode);
        }
        if (unheard) {
            over();
            return;
        }
        noteFailure();
        phase = Phase.UPLOADING;
        advance(now);
    }

    private void noteFailure() {
        boolean failed = exitCode != 0 && exitCode != STOPPED && exitCode != agent.rebootCode();
        if (failed && around.parts().settings().commands().agentNotesFailures()) {
            err.append(("failed to run commands: exit status " + exitCode).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Sends the next part of the output, while the agent reaches AWS; in the end goes on after the upload. */
    private void tick(int number, Instant now) {
        if (phase == Phase.OVER || phase == Phase.REBOOTING || number != runNumber) {
            return;
        }
        if (!unheard && around.nodes().reaches(agent, now)) {
            OutputLimits limits = around.parts().settings().commands().limits();
            boolean ended = phase == Phase.UPLOADING;
            for (LogStreaming stream : streams) {
                if (!stream.done()) {
                    stream.tick(ended, now, now.plus(agent.clockSkew()), limits);
                }
            }
        }
        if (phase == Phase.UPLOADING && streams.stream().allMatch(LogStreaming::done)) {
            advance(now);
        } else {
            around.parts().timeline().at(now.plus(UPLOAD_PERIOD), then -> tick(number, then));
        }
    }

    /** The agent is back: it reports what it could not report, and hears what it could not hear. */
    void wake(Instant now) {
        if (cancelAsked) {
            cancel(now);
        }
        if (phase == Phase.REBOOTING && around.nodes().isUp(agent, now)) {
            if (cancelAsked && around.nodes().reaches(agent, now)) {
                cancelled = true;
                exitCode = STOPPED;
                report(now);
            } else {
                run(now);
            }
        } else {
            advance(now);
        }
    }

    private void advance(Instant now) {
        if (phase != Phase.UPLOADING
                || !around.nodes().reaches(agent, now)
                || !streams.stream().allMatch(LogStreaming::done)) {
            return;
        }
        putObject("stdout", out);
        putObject("stderr", err);
        boolean rebootAsked = exitCode == agent.rebootCode() && !cancelAsked && runNumber <= MAX_REBOOTS;
        if (rebootAsked && !invocation.status().terminal()) {
            phase = Phase.REBOOTING;
            Instant backAt = now.plus(around.parts().settings().rebootDuration());
            around.nodes().hosts().reboot(invocation.instanceId(), now, backAt);
        } else {
            report(now);
        }
    }

    private void putObject(String stream, NodeOutput output) {
        OutputPlaces places = invocation.command().request().output();
        Blob content = output.soFar();
        if (places.bucket() != null && content.length() > 0) {
            around.s3().put(places.bucket(), places.objectKey(invocation, stream), content);
        }
    }

    private void report(Instant now) {
        if (!invocation.status().terminal()) {
            OutputLimits limits = around.parts().settings().commands().limits();
            invocation.report(
                    details(),
                    exitCode,
                    now,
                    out.reported(limits.replyBytes(), limits.stdoutCharacters()),
                    err.reported(limits.replyBytes(), limits.stderrCharacters()));
        }
        over();
    }

    /** As the agent's public source decides, for which whatever ended with 137 was stopped by itself. */
    private String details() {
        if (exitCode == 0) {
            return "Success";
        }
        if (exitCode == STOPPED) {
            return cancelled ? "Cancelled" : "ExecutionTimedOut";
        }
        return "Failed";
    }

    /** All that runs on the node is dead, and nobody is left who would report it. */
    void nodeGoesDown(Instant now) {
        if (phase == Phase.RUNNING) {
            if (process != null) {
                process.vanish();
            }
            if (run != null) {
                run.end(now, null);
            }
            over();
        } else if (phase == Phase.UPLOADING) {
            over();
        }
    }

    private void over() {
        phase = Phase.OVER;
        if (unheard || invocation.status().terminal()) {
            around.store().close(invocation);
        }
    }
}
