package io.jenkins.plugins.awsoperations.simulator.s3;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.WireRequest;
import org.jspecify.annotations.Nullable;

/** The REST protocol of S3, addressed by path: {@code /bucket/key}. */
public final class S3Protocol {

    private final S3World world;
    private final Account account;

    /** The protocol on a world. */
    @SuppressFBWarnings(value = "EI_EXPOSE_REP2", justification = "The world is shared with those who change it.")
    public S3Protocol(S3World world, Account account) {
        this.world = world;
        this.account = account;
    }

    /**
     * Reads a request; what is wrong with it is answered when it is handled.
     *
     * @param method HTTP method
     * @param path path with its leading slash, decoded
     * @param range value of the header {@code Range}; null when there is none
     */
    public WireRequest read(String method, String path, @Nullable String range) {
        int slash = path.indexOf('/', 1);
        String bucket = path.substring(1, slash < 0 ? path.length() : slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        return new ObjectRequest(world, account, method, bucket, key, range);
    }
}
