package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.PollSchedule;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionState.Phase;
import io.jenkins.plugins.awsoperations.statemachine.Step.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Waits for the end of the execution. The history tells what happens and that it has ended, so whoever tells the history asks for
 * nothing else; the others ask DescribeExecution.
 */
final class FollowPhase {

    private static final PollSchedule POLLS = new PollSchedule(Duration.ofSeconds(2), 1.5, Duration.ofSeconds(30), 0.2);

    private static final String STATUS = "runs";
    private static final String HISTORY = "GetExecutionHistory";
    private static final String DESCRIBE = "DescribeExecution";

    /** AWS may not know the execution for a while; how long is not published. */
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(60);

    private static final Duration LISTED_WITHIN = Duration.ofSeconds(6);

    /** A list of running executions may be wrong; for so long it is believed. */
    private static final Duration ASK_AT_LEAST_EVERY = Duration.ofMinutes(30);

    /** Who got no turn among the requests of the account for so long comes more often. */
    private static final Duration LONG_AGO = Duration.ofSeconds(60);

    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration A_MOMENT = Duration.ofMillis(500);

    private FollowPhase() {}

    /** AWS has accepted the execution, or it is there. */
    static void begin(Turn turn, String executionArn, String how) {
        ExecutionState state = turn.state;
        state.executionArn = executionArn;
        state.followedSince = turn.now();
        state.phase = Phase.FOLLOWING;
        // Just accepted, AWS may not know it yet; one that is followed has a history to read.
        state.notBefore = turn.request.executionArn() == null ? first(turn) : turn.now();
        turn.tell(how + state.name + "; " + state.consoleUrl());
    }

    private static Instant first(Turn turn) {
        return turn.now().plus(POLLS.delay(turn.state.polls++, turn.state.token()));
    }

    static Step advance(Turn turn) {
        ExecutionState state = turn.state;
        String arn = String.valueOf(state.executionArn);
        String machine = String.valueOf(state.machineArn);
        if (state.notBefore.isAfter(turn.now()) && !turn.running().hasLeft(machine, arn)) {
            return new Wait(state.notBefore, STATUS);
        }
        RunningExecutions.Answer listed = turn.running().of(turn, machine, arn);
        if (listed == RunningExecutions.Answer.COMES) {
            return new Wait(turn.now().plus(A_MOMENT), STATUS);
        }
        if (listed == RunningExecutions.Answer.NOT_LISTED && isTooYoung(turn)) {
            return again(turn, listed);
        }
        Optional<Ending> known;
        try {
            known = listed == RunningExecutions.Answer.RUNS ? whileItRuns(turn) : ask(turn);
        } catch (AwsCallException e) {
            if (ExecutionCalls.isUnknown(e) && isNotYetKnown(turn)) {
                return again(turn, listed);
            }
            throw e;
        }
        if (known.isPresent() && state.isOver(known.get())) {
            return EndPhase.end(turn, known.get());
        }
        if (!turn.now().isBefore(state.deadline())) {
            state.phase = Phase.TIMING_OUT;
            return Step.GO_ON;
        }
        return again(turn, listed);
    }

    private static boolean isNotYetKnown(Turn turn) {
        ExecutionState state = turn.state;
        return !state.seen
                && turn.request.executionArn() == null
                && state.followedSince != null
                && turn.now().isBefore(state.followedSince.plus(KNOWN_WITHIN));
    }

    /** A list does not show the youngest for some seconds; asking for each of them would use up what the others need. */
    private static boolean isTooYoung(Turn turn) {
        ExecutionState state = turn.state;
        return !state.seen
                && turn.request.executionArn() == null
                && state.followedSince != null
                && turn.now().isBefore(state.followedSince.plus(LISTED_WITHIN));
    }

    private static Step again(Turn turn, RunningExecutions.Answer listed) {
        ExecutionState state = turn.state;
        boolean isOverdue = asked(state).plus(LONG_AGO).isBefore(turn.now());
        Instant next = POLLS.next(turn.now(), state.polls++, state.token(), state.deadline());
        // What a list has shown, and the newest does not, has ended most likely; AWS may say so a little later.
        boolean hasLeft = state.wasListed && listed == RunningExecutions.Answer.NOT_LISTED;
        Instant soon = turn.now().plus(SOON);
        return new Wait((isOverdue && !state.listed || hasLeft) && soon.isBefore(next) ? soon : next, STATUS);
    }

    /**
     * The list says that it runs: its history is read, or whether that is true is looked at once in a while, with what those leave
     * that have ended.
     */
    private static Optional<Ending> whileItRuns(Turn turn) {
        ExecutionState state = turn.state;
        state.listed = true;
        state.wasListed = true;
        if (wantsHistory(turn)) {
            if (!turn.aws.pacing().tryTakeSpare(HISTORY, turn.now())) {
                return Optional.empty();
            }
            Optional<Ending> read = readHistory(turn);
            state.askedAt = turn.now();
            return read;
        }
        boolean isDue = !turn.now().isBefore(asked(state).plus(ASK_AT_LEAST_EVERY));
        return isDue && turn.aws.pacing().tryTakeSpare(DESCRIBE, turn.now())
                ? Optional.of(describe(turn))
                : Optional.empty();
    }

    /** Empty when all requests of this second are used up, too. */
    private static Optional<Ending> ask(Turn turn) {
        turn.state.listed = false;
        if (wantsHistory(turn) && turn.aws.pacing().tryTake(HISTORY, turn.now())) {
            try {
                Optional<Ending> read = readHistory(turn);
                turn.state.askedAt = turn.now();
                return read;
            } catch (AwsCallException e) {
                if (e.effect() != AwsCallException.Effect.THROTTLED) {
                    throw e;
                }
                // Others use up AWS's bucket: as good as no turn of ours.
            }
        }
        // Who tells the history needs it for the end, too, unless there is no getting at it.
        boolean isForDescribe =
                !wantsHistory(turn) || asked(turn.state).plus(LONG_AGO).isBefore(turn.now());
        if (isForDescribe && turn.aws.pacing().tryTake(DESCRIBE, turn.now())) {
            return Optional.of(describe(turn));
        }
        return Optional.empty();
    }

    private static Ending describe(Turn turn) {
        Ending ending =
                turn.calls.describe(String.valueOf(turn.state.executionArn)).ending();
        turn.state.seen = true;
        turn.state.askedAt = turn.now();
        turn.state.executionStartedAt = ending.startedAt();
        return ending;
    }

    /** When AWS was asked for this execution alone, or accepted it. */
    private static Instant asked(ExecutionState state) {
        Instant asked = state.askedAt == null ? state.followedSince : state.askedAt;
        return asked == null ? Instant.EPOCH : asked;
    }

    static boolean wantsHistory(Turn turn) {
        return turn.request.history() != History.NONE;
    }

    /** Tells what is new; the caller has a turn of the bucket. Empty when the execution goes on. */
    static Optional<Ending> readHistory(Turn turn) {
        ExecutionState state = turn.state;
        Optional<List<Event>> news = HistoryReader.news(turn, String.valueOf(state.executionArn), state.history.lastId);
        if (news.isEmpty()) {
            return Optional.empty();
        }
        HistoryTeller teller = new HistoryTeller(state.history, HistoryLines.of(turn));
        Event last = null;
        for (Event event : news.get()) {
            state.seen = true;
            if (event.type().equals("ExecutionStarted")) {
                state.executionStartedAt = event.at();
            }
            teller.tell(event);
            last = event;
        }
        if (last != null && last.endStatus() != null) {
            // A run that is put down just now finds the end again.
            state.history.lastId = last.id() - 1;
        }
        return last == null ? Optional.empty() : ending(turn, last);
    }

    private static Optional<Ending> ending(Turn turn, Event last) {
        ExecutionState state = turn.state;
        // What AWS had written before it continues the execution is not its end.
        if (last.endStatus() == null || state.history.redrives < state.history.mutedRedrives) {
            return Optional.empty();
        }
        state.redriveCount = Math.max(state.redriveCount, state.history.redrives);
        return Optional.of(new Ending(
                last.endStatus(),
                last.output(),
                last.error(),
                last.cause(),
                state.executionStartedAt,
                last.at(),
                state.redriveCount));
    }
}
