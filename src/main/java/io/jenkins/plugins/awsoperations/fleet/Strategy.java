package io.jenkins.plugins.awsoperations.fleet;

/** How one worker is chosen of all that are free. */
public enum Strategy {
    /** Any, each with the same chance. */
    RANDOM,
    /** The one that was chosen the longest ago by this process. */
    ROUND_ROBIN,
    /** The one on which the fewest commands run, whoever sent them. */
    LEAST_BUSY,
    /** The preferred one, as long as it is free; otherwise any. */
    STICKY
}
