package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.backup.RotationDecision.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The invariants of rotation, over random inventories. */
class RotationPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ID = "i-0336e59739a4e0cee";

    @Property
    void neverTouchesAnImageThatIsNotOurs(
            @ForAll("inventories") List<BackupImage> images, @ForAll("rules") RotationRules rules) {
        Set<String> touched = touched(decide(images, rules));
        assertThat(images)
                .filteredOn(i -> touched.contains(i.imageId()))
                .allMatch(i -> i.isOursOf(ID) && i.tags().containsKey("aws-operations:plan:" + rules.plan()));
    }

    @Property
    void neverDeletesWhatIsMarkedProtectedOrInUse(
            @ForAll("inventories") List<BackupImage> images, @ForAll("rules") RotationRules rules) {
        Map<String, String> inUse = new HashMap<>();
        images.stream().filter(i -> i.name().hashCode() % 3 == 0).forEach(i -> inUse.put(i.imageId(), "an instance"));
        Set<String> deleted = deleted(RotationPlan.decide(ID, images, rules, inUse, NOW));
        assertThat(images)
                .filteredOn(i -> deleted.contains(i.imageId()))
                .noneMatch(i -> i.isProtected()
                        || inUse.containsKey(i.imageId())
                        || i.tags().containsKey(rules.keepTag()));
    }

    @Property
    void neverDeletesAGoodImageThatAnotherPlanKeeps(
            @ForAll("inventories") List<BackupImage> images, @ForAll("rules") RotationRules rules) {
        Set<String> deleted = deleted(decide(images, rules));
        assertThat(images)
                .filteredOn(i -> deleted.contains(i.imageId()) && !i.isBroken())
                .noneMatch(i -> i.servesOtherThan(rules.plan()));
    }

    @Property
    void alwaysKeepsTheNewestAvailableImageOfThePlan(
            @ForAll("inventories") List<BackupImage> images, @ForAll("rules") RotationRules rules) {
        Set<String> touched = touched(decide(images, rules));
        counted(images, rules).stream()
                .findFirst()
                .ifPresent(newest -> assertThat(touched).doesNotContain(newest.imageId()));
    }

    @Property
    void keepsExactlyTheGenerationsThatAreAskedFor(
            @ForAll("inventories") List<BackupImage> images, @ForAll("generations") int generations) {
        RotationRules rules = new RotationRules("daily", generations, null, "keep");
        Set<String> touched = touched(decide(images, rules));
        List<BackupImage> counted = counted(images, rules);
        long stay = counted.stream()
                .filter(i -> !touched.contains(i.imageId()) && !i.isProtected())
                .count();
        long outsideButProtected = counted.stream()
                .skip(generations)
                .filter(BackupImage::isProtected)
                .count();
        long isProtected = counted.stream().filter(BackupImage::isProtected).count();
        assertThat(stay + isProtected - outsideButProtected).isEqualTo(Math.min(counted.size(), generations));
    }

    @Property
    void withBothRulesAnImageGoesOnlyWhenOutsideBoth(
            @ForAll("inventories") List<BackupImage> images, @ForAll("rules") RotationRules rules) {
        RotationRules byCount = new RotationRules(rules.plan(), rules.generations(), null, rules.keepTag());
        RotationRules byAge = new RotationRules(rules.plan(), null, rules.retentionDays(), rules.keepTag());
        if (rules.generations() == null || rules.retentionDays() == null) {
            return;
        }
        Set<String> both = touched(decide(images, byCount));
        both.retainAll(touched(decide(images, byAge)));
        assertThat(touched(decide(images, rules))).isEqualTo(both);
    }

    @Property
    void theOrderOfTheInventoryDoesNotMatter(
            @ForAll("inventories") List<BackupImage> images, @ForAll("rules") RotationRules rules) {
        List<BackupImage> other = new ArrayList<>(images);
        other.sort(Comparator.comparing(BackupImage::imageId));
        assertThat(decide(other, rules)).isEqualTo(decide(images, rules));
    }

    @Property
    void aSecondRotationDeletesNothingMore(
            @ForAll("inventories") List<BackupImage> images, @ForAll("rules") RotationRules rules) {
        Map<String, Action> actions = decide(images, rules).stream()
                .collect(Collectors.toMap(RotationDecision::imageId, RotationDecision::action));
        List<BackupImage> after = images.stream()
                .filter(i -> actions.get(i.imageId()) != Action.DELETE)
                .map(i -> actions.get(i.imageId()) == Action.RELEASE ? released(i, rules.plan()) : i)
                .toList();
        assertThat(touched(decide(after, rules))).isEmpty();
    }

    @Property
    void sharedImagesGoInTheEndWhenEveryPlanRotates(@ForAll("inventories") List<BackupImage> images) {
        List<BackupImage> left = images;
        for (int round = 0; round < 2; round++) {
            for (String plan : List.of("daily", "weekly")) {
                left = rotate(left, new RotationRules(plan, 1, null, "keep"));
            }
        }
        assertThat(left.stream()
                        .filter(i -> i.isOursOf(ID) && i.isAvailable() && !i.isProtected())
                        .filter(i -> !i.tags().containsKey("keep"))
                        .filter(i -> i.tags().keySet().stream().anyMatch(k -> k.startsWith("aws-operations:plan:"))))
                .allMatch(i -> i.serves("daily") || i.serves("weekly"));
    }

    @Property
    void neverCountsOrDeletesACopyOfAnImage(
            @ForAll("inventories") List<BackupImage> images, @ForAll("rules") RotationRules rules) {
        List<BackupImage> originals =
                images.stream().filter(i -> !i.sourceInstanceId().isEmpty()).toList();
        assertThat(decide(images, rules)).isEqualTo(decide(originals, rules));
    }

    @Test
    void zeroGenerationsKeepAll() {
        assertThat(new RotationRules("daily", 0, null, "keep").deletes()).isFalse();
        assertThat(new RotationRules("daily", 0, 3, "keep").deletes()).isFalse();
    }

    @Test
    void saysWhyAnImageGoes() {
        List<BackupImage> images = List.of(image(1, 1), image(2, 2), image(3, 30));
        List<RotationDecision> decisions = decide(images, new RotationRules("daily", 1, 7, "keep"));
        assertThat(decisions.stream().map(RotationDecision::reason))
                .containsExactly("newest", "2 days old, kept for 7", "generation 3 of 1, 30 days old, kept for 7");
    }

    private static List<BackupImage> rotate(List<BackupImage> images, RotationRules rules) {
        Map<String, Action> actions = decide(images, rules).stream()
                .collect(Collectors.toMap(RotationDecision::imageId, RotationDecision::action));
        return images.stream()
                .filter(i -> actions.get(i.imageId()) != Action.DELETE)
                .map(i -> actions.get(i.imageId()) == Action.RELEASE ? released(i, rules.plan()) : i)
                .toList();
    }

    private static List<BackupImage> counted(List<BackupImage> images, RotationRules rules) {
        return images.stream()
                .filter(i -> i.isOursOf(ID) && i.serves(rules.plan()) && i.isAvailable())
                .filter(i -> !i.tags().containsKey(rules.keepTag()))
                .sorted(Comparator.comparing(BackupImage::created)
                        .thenComparing(BackupImage::imageId)
                        .reversed())
                .toList();
    }

    private static BackupImage released(BackupImage i, String plan) {
        Map<String, String> tags = new HashMap<>(i.tags());
        tags.put("aws-operations:plan:" + plan, "released " + NOW);
        return new BackupImage(
                i.imageId(),
                i.name(),
                i.state(),
                i.stateReason(),
                i.created(),
                i.sourceInstanceId(),
                tags,
                i.snapshotIds(),
                i.isProtected());
    }

    private static List<RotationDecision> decide(List<BackupImage> images, RotationRules rules) {
        return RotationPlan.decide(ID, images, rules, Map.of(), NOW);
    }

    private static Set<String> deleted(List<RotationDecision> decisions) {
        return decisions.stream()
                .filter(d -> d.action() == Action.DELETE)
                .map(RotationDecision::imageId)
                .collect(Collectors.toSet());
    }

    private static Set<String> touched(List<RotationDecision> decisions) {
        return decisions.stream()
                .filter(d -> d.action() != Action.KEEP)
                .map(RotationDecision::imageId)
                .collect(Collectors.toSet());
    }

    private static BackupImage image(int number, int days) {
        return new BackupImage(
                "ami-" + number,
                "image " + number,
                "available",
                "",
                NOW.minus(Duration.ofDays(days)),
                ID,
                Map.of(ImageTags.RUN, "r", ImageTags.INSTANCE, ID, "aws-operations:plan:daily", "x"),
                List.of(),
                false);
    }

    @Provide
    Arbitrary<Integer> generations() {
        return Arbitraries.integers().between(1, 8);
    }

    @Provide
    Arbitrary<RotationRules> rules() {
        Arbitrary<@Nullable Integer> generations =
                Arbitraries.integers().between(0, 8).injectNull(0.2);
        Arbitrary<@Nullable Integer> days =
                Arbitraries.integers().between(1, 40).injectNull(0.4);
        return Combinators.combine(Arbitraries.of("daily", "weekly"), generations, days)
                .as((plan, g, d) -> new RotationRules(plan, g, d, "keep"));
    }

    @Provide
    Arbitrary<List<BackupImage>> inventories() {
        Arbitrary<Map<String, String>> tags = Arbitraries.maps(
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(6, Arbitraries.just("aws-operations:plan:daily")),
                                net.jqwik.api.Tuple.of(3, Arbitraries.just("aws-operations:plan:weekly")),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just("keep")),
                                net.jqwik.api.Tuple.of(2, Arbitraries.just("Name"))),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(5, "2025-12-01"), net.jqwik.api.Tuple.of(1, "released 2025")))
                .ofMaxSize(4);
        Arbitrary<String> owner = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(8, ID),
                net.jqwik.api.Tuple.of(1, "i-0000000000000000f"),
                net.jqwik.api.Tuple.of(1, ""));
        Arbitrary<String> state = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(8, "available"),
                net.jqwik.api.Tuple.of(1, "pending"),
                net.jqwik.api.Tuple.of(1, "failed"),
                net.jqwik.api.Tuple.of(1, "disabled"));
        Arbitrary<BackupImage> image = Combinators.combine(
                        Arbitraries.integers().between(1, 1_000_000),
                        state,
                        Arbitraries.integers().between(0, 60 * 24),
                        tags,
                        owner,
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(9, false), net.jqwik.api.Tuple.of(1, true)))
                .as((number, s, hours, t, o, isProtected) -> {
                    Map<String, String> all = new HashMap<>(t);
                    // A copy carries all tags, but no source instance.
                    String source = number % 10 == 0 ? "" : o;
                    if (!o.isEmpty()) {
                        all.put(ImageTags.RUN, "token");
                        all.put(ImageTags.INSTANCE, o);
                    }
                    return new BackupImage(
                            "ami-" + number,
                            "n" + number,
                            s,
                            "",
                            NOW.minus(Duration.ofHours(hours)),
                            source,
                            all,
                            List.of(),
                            isProtected);
                });
        return image.list().ofMaxSize(25).uniqueElements(BackupImage::imageId);
    }
}
