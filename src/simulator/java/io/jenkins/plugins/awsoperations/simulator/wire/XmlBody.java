package io.jenkins.plugins.awsoperations.simulator.wire;

import org.jspecify.annotations.Nullable;

/** Writes the XML of a reply. A plain buffer, because a benchmark asks for a thousand images many times a second. */
public final class XmlBody {

    private final StringBuilder out = new StringBuilder(512);

    /** Opens an element. */
    public XmlBody open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    /** Opens the root element with its namespace. */
    public XmlBody open(String name, String namespace) {
        out.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
        return this;
    }

    /** Closes an element. */
    public XmlBody close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    /** An element with text. */
    public XmlBody text(String name, String value) {
        open(name);
        escape(value);
        return close(name);
    }

    /** An element with text, left out when there is none. */
    public XmlBody optional(String name, @Nullable String value) {
        return value == null ? this : text(name, value);
    }

    /** An element with a number. */
    public XmlBody number(String name, long value) {
        open(name);
        out.append(value);
        return close(name);
    }

    /** An element with {@code true} or {@code false}. */
    public XmlBody flag(String name, boolean value) {
        open(name);
        out.append(value);
        return close(name);
    }

    /** Appends what another body holds. */
    public XmlBody append(XmlBody other) {
        out.append(other.out);
        return this;
    }

    /** Whether XML 1.0 can carry every character of this text (XML 1.0 fifth edition, section 2.2). */
    static boolean canCarry(String text) {
        return text.codePoints()
                .allMatch(c -> c >= 0x20 && c <= 0xD7FF
                        || c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || c >= 0xE000 && c <= 0xFFFD
                        || c >= 0x10000);
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                // A parser turns a bare carriage return into a line feed.
                case '\r' -> out.append("&#xD;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
