package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter value: {@code *} stands for any characters, {@code ?} for one, and a backslash takes the meaning away from
 * the next character. Case matters. Source: EC2 user guide, "List and filter your resources".
 */
final class Glob implements Predicate<String> {

    private final String text;
    private final @Nullable Pattern pattern;

    Glob(String text) {
        this.text = text;
        boolean plain = text.indexOf('*') < 0 && text.indexOf('?') < 0 && text.indexOf('\\') < 0;
        this.pattern = plain ? null : compile(text);
    }

    @Override
    public boolean test(String value) {
        return pattern == null ? text.equals(value) : pattern.matcher(value).matches();
    }

    private static Pattern compile(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else {
                if (c == '\\' && i < text.length()) {
                    c = text.codePointAt(i);
                    i += Character.charCount(c);
                }
                regex.append(Pattern.quote(Character.toString(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
