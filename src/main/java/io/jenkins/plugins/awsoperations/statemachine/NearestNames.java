package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionCalls.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names the state machines that may be meant by a name that AWS does not know. */
final class NearestNames {

    private static final String ACTION = "ListStateMachines";
    private static final int MOST_PAGES = 5;
    private static final int MOST_NAMES = 3;

    private NearestNames() {}

    /** The failure for a state machine that does not exist. */
    static OperationFailure failure(Turn turn, String name, AwsCallException e) {
        Optional<List<String>> read;
        try {
            read = all(turn);
        } catch (AwsCallException denied) {
            // It only helps: what is wrong is known.
            return e.failure();
        }
        String where = " in " + turn.state.region + " of account " + turn.state.accountId;
        List<String> all = read.orElse(List.of());
        if (read.isPresent() && all.isEmpty()) {
            return e.failure().withMessage("there is no state machine " + name + where + ", and no other one");
        }
        List<String> nearest = nearest(name, all);
        String meant =
                nearest.isEmpty() ? "" : "; is " + nearest.stream().collect(Collectors.joining(" or ")) + " meant?";
        return e.failure().withMessage("there is no state machine " + name + where + meant);
    }

    /** Empty when so many ask for it that it is not read again. */
    private static Optional<List<String>> all(Turn turn) {
        List<String> names = new ArrayList<>();
        String token = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            if (!turn.aws.pacing().tryTake(ACTION, turn.now())) {
                return Optional.empty();
            }
            Page<String> read = turn.calls.machines(token);
            names.addAll(read.items());
            token = read.next();
            if (token == null) {
                break;
            }
        }
        return Optional.of(names);
    }

    /** Those that differ by less than a third of their characters, or contain the name. */
    static List<String> nearest(String name, List<String> all) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(other -> {
                    String known = other.toLowerCase(Locale.ROOT);
                    return known.contains(wanted)
                            || wanted.contains(known)
                            || distance(wanted, known) <= Math.max(2, wanted.length() / 3);
                })
                .sorted(Comparator.<String>comparingInt(other -> distance(wanted, other.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_NAMES)
                .toList();
    }

    /** How many characters must be inserted, deleted or replaced (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
