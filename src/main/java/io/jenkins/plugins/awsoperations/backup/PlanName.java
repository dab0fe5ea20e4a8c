package io.jenkins.plugins.awsoperations.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The plan of a job that does not name one: the job's full name, fitted to a plan's characters and length. */
public final class PlanName {

    private static final int MAX = 64;
    private static final int HASH = 8;

    private PlanName() {}

    /**
     * Other characters become {@code -}; when anything was replaced or the name is too long, a short hash of the full name
     * keeps two jobs apart.
     */
    public static String ofJob(String fullName) {
        String clean = fullName.replaceAll("[^A-Za-z0-9._/-]", "-");
        if (clean.equals(fullName) && !clean.isEmpty() && clean.length() <= MAX) {
            return clean;
        }
        String head = clean.length() <= MAX - HASH - 1 ? clean : clean.substring(0, MAX - HASH - 1);
        return head + "-" + hash(fullName);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
