package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;

/** Where the history is told to. */
interface HistoryLines {

    /** What became of a state. */
    void state(String text);

    /** An event as AWS has it. */
    void event(Event event);

    /** A text as it may be told, and kept. It is given whole, before it is cut. */
    String hide(String text);

    /** Into the log of a run, as much as it asks for. */
    static HistoryLines of(Turn turn) {
        return turn.request.history() == History.NONE ? silent(turn) : new ToLog(turn);
    }

    /** For who wants to know what there was, and tells nothing. */
    static HistoryLines silent(Turn turn) {
        return new Silent(turn);
    }

    /** Into the log, until it has enough of them. */
    record ToLog(Turn turn) implements HistoryLines {

        @Override
        public void state(String text) {
            HistoryState history = turn.state.history;
            if (history.redrives < history.mutedRedrives || history.toldLimit) {
                return;
            }
            if (history.lines >= turn.request.historyMaxLines()) {
                history.toldLimit = true;
                turn.tell("further states are not shown here (historyMaxLines " + turn.request.historyMaxLines() + "): "
                        + turn.state.consoleUrl());
                return;
            }
            history.lines++;
            turn.tell(text);
        }

        @Override
        public void event(Event event) {
            if (turn.request.history() == History.ALL) {
                state("event " + event.id() + " " + event.type() + (event.name() == null ? "" : " " + event.name()));
            }
        }

        @Override
        public String hide(String text) {
            return turn.hide(text);
        }
    }

    /** Tells nothing. */
    record Silent(Turn turn) implements HistoryLines {

        @Override
        public void state(String text) {
            // nothing
        }

        @Override
        public void event(Event event) {
            // nothing
        }

        @Override
        public String hide(String text) {
            return turn.hide(text);
        }
    }
}
