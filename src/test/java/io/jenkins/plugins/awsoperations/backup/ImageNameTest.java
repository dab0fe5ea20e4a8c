package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class ImageNameTest {

    private static final Instant AT = Instant.parse("2024-04-10T00:45:29Z");
    private static final List<String> TEMPLATES = List.of(
            BackupRequest.DEFAULT_IMAGE_NAME,
            "${instanceName}",
            "${instanceName} ${plan}",
            "[backup] ${instanceId}",
            "${token}-${instanceName}-${timestamp}",
            "${instanceId}${instanceId}${instanceId}${instanceId}${instanceId}${instanceId}${instanceId}${token}");

    @Test
    void isInstancePlanTimeAndToken() {
        assertThat(name(BackupRequest.DEFAULT_IMAGE_NAME, "i-0336e59739a4e0cee", "web", "daily", 0))
                .isEqualTo("i-0336e59739a4e0cee_daily_20240410-004529_token23456");
    }

    @Test
    void aFurtherNameHasAnotherTail() {
        assertThat(name(BackupRequest.DEFAULT_IMAGE_NAME, "i-0336e59739a4e0cee", "web", "daily", 1))
                .endsWith("_token23456-2");
    }

    @Property
    void isValidForAnyInput(
            @ForAll @IntRange(max = 5) int template,
            @ForAll @StringLength(max = 256) String instanceName,
            @ForAll @IntRange(max = 30) int suffix) {
        String name = name(
                TEMPLATES.get(template), "i-0336e59739a4e0cee", instanceName, PlanName.ofJob(instanceName), suffix);
        assertThat(name)
                .hasSizeBetween(3, 128)
                .matches("[A-Za-z0-9()\\[\\] ./'@_-]+")
                .contains("token23456");
    }

    @Property
    void isUniqueForEachInstanceAndAttempt(
            @ForAll @IntRange(max = 5) int template,
            @ForAll @StringLength(max = 256) String sameNameForAll,
            @ForAll @Size(min = 2, max = 5) @UniqueElements List<@IntRange(min = 0) Integer> ids) {
        Set<String> names = new HashSet<>();
        for (int id : ids) {
            for (int suffix = 0; suffix < 3; suffix++) {
                names.add(name(TEMPLATES.get(template), String.format("i-%017x", id), sameNameForAll, "daily", suffix));
            }
        }
        assertThat(names).hasSize(3 * ids.size());
    }

    @Test
    void namesWhatIsWrongWithATemplate() {
        assertThat(ImageName.problem("backup"))
                .hasValueSatisfying(p -> assertThat(p).contains("must contain ${instanceId}"));
        assertThat(ImageName.problem("${instanceId} ${day}"))
                .hasValueSatisfying(p -> assertThat(p).contains("${day}"));
        assertThat(ImageName.problem("${instanceId}:*"))
                .hasValueSatisfying(p -> assertThat(p).contains("':*'"));
        assertThat(ImageName.problem("${instanceId}" + "x".repeat(126)))
                .hasValueSatisfying(p -> assertThat(p).contains("too long"));
        assertThat(TEMPLATES).allSatisfy(t -> assertThat(ImageName.problem(t)).isEmpty());
    }

    @Property
    void aPlanOfAJobIsValidAndKeepsJobsApart(
            @ForAll @StringLength(min = 1, max = 100) String a, @ForAll @StringLength(min = 1, max = 100) String b) {
        assertThat(PlanName.ofJob(a)).matches("[A-Za-z0-9._/-]{1,64}");
        if (!a.equals(b)) {
            assertThat(PlanName.ofJob(a)).isNotEqualTo(PlanName.ofJob(b));
        }
    }

    private static String name(String template, String id, String instanceName, String plan, int suffix) {
        return ImageName.of(template, id, instanceName, plan, AT, "token23456", suffix);
    }
}
