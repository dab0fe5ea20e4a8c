package io.jenkins.plugins.awsoperations.operation;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who runs an operation: job, build and a token that no other run has. The token is written into everything that the run
 * makes in AWS, so that it recognises its own work after a lost reply or a crash.
 */
public final class RunIdentity implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern TOKEN = Pattern.compile("[a-z0-9]{8,32}");
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private final String job;
    private final String build;
    private final String token;

    /**
     * @param job the job's full name, as {@code backup/daily}
     * @param build the build's number or name
     * @param token 8 to 32 lower case letters and digits, unique for the run
     */
    public RunIdentity(String job, String build, String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("token must be 8 to 32 of a-z and 0-9, not '" + token + "'");
        }
        this.job = job;
        this.build = build;
        this.token = token;
    }

    /** An identity with a token of ten random characters (50 bits). */
    public static RunIdentity create(String job, String build) {
        SecureRandom random = new SecureRandom();
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RunIdentity(job, build, token.toString());
    }

    public String job() {
        return job;
    }

    public String build() {
        return build;
    }

    public String token() {
        return token;
    }

    /** Job and build as people write them: {@code backup/daily #17}. */
    public String display() {
        return job + " #" + build;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunIdentity that
                && job.equals(that.job)
                && build.equals(that.build)
                && token.equals(that.token);
    }

    @Override
    public int hashCode() {
        return Objects.hash(job, build, token);
    }

    @Override
    public String toString() {
        return display() + " (" + token + ")";
    }
}
