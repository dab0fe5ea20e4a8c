package io.jenkins.plugins.awsoperations.alert;

/** How many bytes of UTF-8 a text has once it is written into JSON, where some characters are escaped (RFC 8259, section 7). */
final class JsonLength {

    private JsonLength() {}

    static int of(String text) {
        return text.codePoints().map(JsonLength::of).sum();
    }

    /**
     * The longest beginning that needs no more than so many bytes; whole characters only.
     *
     * @param text without half surrogate pairs
     */
    static String beginning(String text, int most) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            bytes += of(character);
            if (bytes > most) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }

    private static int of(int character) {
        if (character < 0x20) {
            return "\b\t\n\f\r".indexOf(character) >= 0 ? 2 : 6;
        }
        if (character < 0x80) {
            return character == '"' || character == '\\' ? 2 : 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }
}
