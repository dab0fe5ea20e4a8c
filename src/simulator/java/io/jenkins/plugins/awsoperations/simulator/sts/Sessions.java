package io.jenkins.plugins.awsoperations.simulator.sts;

import io.jenkins.plugins.awsoperations.simulator.wire.Callers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions of assumed roles by their access key ids. Every other caller is one and the same user. */
final class Sessions implements Callers {

    // IAM user guide, "IAM identifiers", unique ids: the prefix of temporary keys.
    private static final String TEMPORARY = "ASIA";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final String accountId;
    private final SplittableRandom random;
    private final Map<String, Session> byKey = new ConcurrentHashMap<>();

    Sessions(String accountId, long seed) {
        this.accountId = accountId;
        this.random = new SplittableRandom(seed);
    }

    Session open(String roleAccount, String roleName, String sessionName, Instant expiresAt) {
        StringBuilder key = new StringBuilder(TEMPORARY);
        for (int i = 0; i < 16; i++) {
            key.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        byte[] secret = new byte[30];
        random.nextBytes(secret);
        String token = "simulated-session/" + sessionName + "/" + key;
        Session session = new Session(
                key.toString(),
                Base64.getEncoder().encodeToString(secret),
                Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)),
                "arn:aws:sts::" + roleAccount + ":assumed-role/" + roleName + "/" + sessionName,
                roleAccount,
                "AROA" + roleId(roleName) + ":" + sessionName,
                expiresAt);
        byKey.put(session.accessKeyId(), session);
        return session;
    }

    /** A stable id for a role, as every role has one. */
    private static String roleId(String roleName) {
        SplittableRandom ofRole = new SplittableRandom(roleName.hashCode());
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 17; i++) {
            id.append(BASE32.charAt(ofRole.nextInt(BASE32.length())));
        }
        return id.toString();
    }

    @Nullable
    Session of(String accessKeyId) {
        return byKey.get(accessKeyId);
    }

    @Override
    public String arnOf(String accessKeyId) {
        Session session = byKey.get(accessKeyId);
        return session == null ? "arn:aws:iam::" + accountId + ":user/simulator" : session.arn();
    }

    @Override
    public boolean expired(String accessKeyId, Instant now) {
        Session session = byKey.get(accessKeyId);
        return session != null && !now.isBefore(session.expiresAt());
    }

    /**
     * The session of an assumed role.
     *
     * @param accountId account of the role
     * @param userId unique id of the role and session name
     */
    record Session(
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            String arn,
            String accountId,
            String userId,
            Instant expiresAt) {}
}
