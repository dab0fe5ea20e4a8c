package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.Timeline;
import java.time.Duration;
import java.time.Instant;

/** A process of which it is known what will become of it. */
final class ScriptedProcess implements NodeProcess {

    // What a shell reports of a program that SIGKILL ended.
    private static final int KILLED = 137;

    private final Exit exit;
    private boolean ended;

    private ScriptedProcess(Exit exit) {
        this.exit = exit;
    }

    static NodeProcess start(
            NodeOutcome outcome, Timeline timeline, NodeOutput out, NodeOutput err, Instant now, Exit exit) {
        ScriptedProcess process = new ScriptedProcess(exit);
        for (NodeOutcome.Piece piece : outcome.pieces()) {
            Duration at = piece.at();
            Instant writtenAt = now.plus(at == null ? outcome.duration() : at);
            timeline.at(writtenAt, then -> {
                if (!process.ended) {
                    (piece.error() ? err : out).append(piece.bytes());
                }
            });
        }
        timeline.at(now.plus(outcome.duration()), then -> process.end(outcome.exitCode(), then));
        return process;
    }

    private void end(int exitCode, Instant now) {
        if (!ended) {
            ended = true;
            exit.exited(exitCode, now);
        }
    }

    @Override
    public void kill(Instant now) {
        end(KILLED, now);
    }

    @Override
    public void vanish() {
        ended = true;
    }
}
