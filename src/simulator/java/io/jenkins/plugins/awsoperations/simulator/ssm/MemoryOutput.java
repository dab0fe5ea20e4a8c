package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.wire.Blob;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Output of a scripted node: the arrays that its script gave, which are not copied. */
final class MemoryOutput implements NodeOutput {

    private final List<byte[]> pieces = new ArrayList<>();

    @Override
    public void append(byte[] bytes) {
        if (bytes.length > 0) {
            pieces.add(bytes);
        }
    }

    @Override
    public Blob soFar() {
        return new Pieces(List.copyOf(pieces));
    }

    private record Pieces(List<byte[]> all) implements Blob {

        @Override
        public long length() {
            return all.stream().mapToLong(piece -> piece.length).sum();
        }

        @Override
        public InputStream open(long offset) {
            List<InputStream> rest = new ArrayList<>();
            long skip = offset;
            for (byte[] piece : all) {
                if (skip < piece.length) {
                    rest.add(new ByteArrayInputStream(piece, (int) skip, piece.length - (int) skip));
                    skip = 0;
                } else {
                    skip -= piece.length;
                }
            }
            return new SequenceInputStream(Collections.enumeration(rest));
        }
    }
}
