package io.jenkins.plugins.awsoperations.simulator.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class GlobPropertyTest {

    @Property
    void matchesItselfAndNothingElseWhenEscaped(
            @ForAll @Chars({'a', 'b', '*', '?', '\\', '.', '\n'}) @StringLength(max = 6) String text,
            @ForAll @Chars({'a', 'b', '*', '?', '\\', '.', '\n'}) @StringLength(max = 6) String other) {
        Glob glob = new Glob(text.replaceAll("([*?\\\\])", "\\\\$1"));

        assertThat(glob.test(text)).isTrue();
        assertThat(glob.test(other)).isEqualTo(text.equals(other));
    }

    @Property
    void matchesAnythingBetweenWhatIsWritten(
            @ForAll @CharRange(from = 'a', to = 'z') String start,
            @ForAll String between,
            @ForAll @CharRange(from = 'a', to = 'z') String end) {
        assertThat(new Glob(start + "*" + end).test(start + between + end)).isTrue();
    }

    @Property
    void matchesExactlyOneCharacterWithAQuestionMark(@ForAll char any) {
        assertThat(new Glob("a?c").test("a" + any + "c")).isTrue();
        assertThat(new Glob("a?c").test("ac")).isFalse();
        assertThat(new Glob("a?c").test("a" + any + any + "xc")).isFalse();
    }
}
