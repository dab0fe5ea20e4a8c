package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.operation.OperationLog;
import java.io.PrintWriter;

/** Log lines, and on a terminal below them one line of progress that is written over. */
final class Console {

    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private String progress = "";

    Console(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    OperationLog log() {
        return this::line;
    }

    private synchronized void line(String text) {
        if (terminal && !progress.isEmpty()) {
            out.print(ERASE_LINE);
        }
        out.println(text);
        if (terminal) {
            out.print(progress);
        }
        out.flush();
    }

    synchronized void progress(String text) {
        if (terminal && !text.equals(progress)) {
            out.print(ERASE_LINE + text);
            out.flush();
            progress = text;
        }
    }

    synchronized void endProgress() {
        if (terminal && !progress.isEmpty()) {
            out.print(ERASE_LINE);
            out.flush();
            progress = "";
        }
    }
}
