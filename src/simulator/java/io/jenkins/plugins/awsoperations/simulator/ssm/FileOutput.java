package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.wire.Blob;
import io.jenkins.plugins.awsoperations.simulator.wire.LimitedInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Output of a real process, in a file that the process's reader writes to. */
record FileOutput(Path file) implements NodeOutput {

    @Override
    public void append(byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Blob soFar() {
        try {
            return new Beginning(file, Files.exists(file) ? Files.size(file) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Beginning(Path file, long length) implements Blob {

        @Override
        public InputStream open(long offset) throws IOException {
            if (length == 0) {
                return InputStream.nullInputStream();
            }
            SeekableByteChannel channel = Files.newByteChannel(file);
            channel.position(offset);
            // The file may grow while it is read.
            return new LimitedInput(Channels.newInputStream(channel), length - offset);
        }
    }
}
