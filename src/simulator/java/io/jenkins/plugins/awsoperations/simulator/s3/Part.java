package io.jenkins.plugins.awsoperations.simulator.s3;

import io.jenkins.plugins.awsoperations.simulator.wire.Blob;
import io.jenkins.plugins.awsoperations.simulator.wire.LimitedInput;
import java.io.IOException;
import java.io.InputStream;

/** Part of an object. */
record Part(Blob whole, ByteRange range) implements Blob {

    @Override
    public long length() {
        return range.length();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        return new LimitedInput(whole.open(range.first() + offset), length() - offset);
    }
}
