package io.jenkins.plugins.awsoperations.simulator.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of an object that a request asks for (RFC 9110, section 14.1.2). S3 serves one range, and ignores what is no
 * range at all.
 *
 * @param first offset of the first byte
 * @param last offset of the last byte
 */
record ByteRange(long first, long last) {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** The range of an object of this length; null when all of it is asked for. */
    static @Nullable ByteRange of(@Nullable String header, long length) {
        Matcher matcher = RANGE.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return null;
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? null : new ByteRange(Math.max(0, length - Long.parseLong(to)), length - 1);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
        return last < first ? null : new ByteRange(first, Math.min(last, length - 1));
    }

    boolean isBeyond(long length) {
        return first >= length;
    }

    long length() {
        return last - first + 1;
    }
}
