package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class ExecutionNamePropertyTest {

    @Property
    void anyJobGivesANameThatAwsTakesAndOnlyThisRunHas(
            @ForAll @StringLength(min = 1, max = 200) String job,
            @ForAll @StringLength(min = 1, max = 100) String build) {
        RunIdentity run = new RunIdentity(job, build, "abcdefgh23");

        String name = ExecutionName.of(run);

        assertThat(name).matches("[0-9A-Za-z_-]{1,80}").endsWith("-abcdefgh23");
        assertThat(ExecutionName.of(new RunIdentity(job, build, "abcdefgh23"))).isEqualTo(name);
        assertThat(ExecutionName.of(new RunIdentity(job, build, "abcdefgh24"))).isNotEqualTo(name);
    }

    @Property
    void oneLineIsOneLineOfAtMostSoManyCharacters(@ForAll String text, @ForAll("most") int most) {
        String line = OneLine.of(text, most);

        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(most + 1);
        assertThat(line.lines().count()).isLessThanOrEqualTo(1);
        assertThat(line).doesNotContain("\n", "\r", "\u001b");
        if (!line.isEmpty() && line.length() <= most) {
            assertThat(Character.isHighSurrogate(line.charAt(line.length() - 1)) && !text.endsWith(line))
                    .isFalse();
        }
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<Integer> most() {
        return net.jqwik.api.Arbitraries.integers().between(1, 50);
    }
}
