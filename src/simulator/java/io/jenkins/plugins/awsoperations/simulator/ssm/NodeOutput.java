package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.wire.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a command has written so far to one of its two streams. */
interface NodeOutput {

    /** Writes more. */
    void append(byte[] bytes);

    /** What is there now; it stays readable and does not grow. */
    Blob soFar();

    /** What the agent puts at the end of an output that it has cut (its public source, DefaultOutputConfig). */
    String CUT = "--output truncated--";

    /** The output as AWS has it of the agent: cut by bytes with a mark, before AWS cuts it by characters. */
    default String reported(int bytes, int characters) {
        Blob blob = soFar();
        if (blob.length() < bytes) {
            return beginning(characters);
        }
        try (InputStream in = blob.open(0)) {
            String text = new String(in.readNBytes(Math.max(0, bytes - CUT.length())), StandardCharsets.UTF_8) + CUT;
            return text.substring(0, Math.min(text.length(), characters));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first characters as text. Bytes that are no UTF-8 become U+FFFD. */
    default String beginning(int characters) {
        Blob blob = soFar();
        try (InputStream in = blob.open(0)) {
            // A character has at most four bytes.
            String text = new String(in.readNBytes(4 * characters), StandardCharsets.UTF_8);
            return text.codePointCount(0, text.length()) <= characters
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, characters));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
