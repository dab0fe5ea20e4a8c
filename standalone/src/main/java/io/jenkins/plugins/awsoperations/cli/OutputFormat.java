package io.jenkins.plugins.awsoperations.cli;

/** How a command tells its result. */
enum OutputFormat {
    /** The log and a summary, for people. */
    TEXT,
    /** One JSON object on standard output; the log goes to standard error. */
    JSON
}
