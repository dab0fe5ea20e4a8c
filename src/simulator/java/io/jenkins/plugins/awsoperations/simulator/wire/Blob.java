package io.jenkins.plugins.awsoperations.simulator.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Bytes of a known length that need not be in memory. Immutable and thread-safe. */
public interface Blob {

    /** How many bytes. */
    long length();

    /** The bytes from an offset on, which is at most the length. */
    InputStream open(long offset) throws IOException;

    /** All of it in memory, for tests. */
    default byte[] bytes() {
        try (InputStream in = open(0)) {
            return in.readNBytes(Math.toIntExact(length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These bytes, which are not copied. */
    static Blob of(byte[] bytes) {
        return new Blob() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open(long offset) {
                return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
            }
        };
    }

    /** This text in UTF-8. */
    static Blob of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
