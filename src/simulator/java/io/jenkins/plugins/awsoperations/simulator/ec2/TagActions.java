package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryRequest;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** CreateTags, DeleteTags and DescribeTags for instances, images and snapshots. */
final class TagActions {

    // API reference, CreateTags and DeleteTags.
    private static final int MAX_RESOURCES = 1000;
    private static final int MIN_PAGE = 5;

    private final Ec2Context context;
    private final Ec2Store store;
    private final ResourceLookup lookup;

    TagActions(Ec2Context context) {
        this.context = context;
        this.store = context.store();
        this.lookup = new ResourceLookup(store);
    }

    void create(ServiceCall call) {
        List<String> ids = resourceIds(call.request());
        Map<String, String> tags = TagRules.read(call.request(), "Tag");
        if (tags.isEmpty()) {
            throw AwsError.missing("Tag");
        }
        context.permit(call);
        List<Resource> resources =
                ids.stream().map(id -> lookup.resource(call, id)).toList();
        for (Resource resource : resources) {
            Map<String, String> all = new TreeMap<>(resource.tags().current());
            all.putAll(tags);
            TagRules.checkCount(all);
        }
        for (Resource resource : resources) {
            tags.forEach((key, value) -> resource.tags().put(key, value, call.now()));
        }
        call.reply().flag("return", true);
    }

    void delete(ServiceCall call) {
        QueryRequest request = call.request();
        List<String> ids = resourceIds(request);
        List<Deletion> deletions = new ArrayList<>();
        for (String member : request.members("Tag")) {
            String key = request.required(member + ".Key");
            TagRules.check(key, "");
            deletions.add(new Deletion(key, request.optional(member + ".Value")));
        }
        context.permit(call);
        List<Resource> resources =
                ids.stream().map(id -> lookup.resource(call, id)).toList();
        for (Resource resource : resources) {
            for (String key : List.copyOf(resource.tags().current().keySet())) {
                if (concerns(deletions, key, resource.tags().current().get(key))) {
                    resource.tags().remove(key, call.now());
                }
            }
        }
        call.reply().flag("return", true);
    }

    /**
     * API reference, DeleteTags: without a value the tag goes whatever its value, with one, also an empty one, only if
     * it is equal; without any tag all but AWS's own go.
     */
    private static boolean concerns(List<Deletion> deletions, String key, @Nullable String value) {
        if (deletions.isEmpty()) {
            return !TagRules.isReserved(key);
        }
        return deletions.stream()
                .anyMatch(deletion ->
                        deletion.key.equals(key) && (deletion.value == null || deletion.value.equals(value)));
    }

    private static List<String> resourceIds(QueryRequest request) {
        List<String> ids = request.requiredList("ResourceId");
        if (ids.size() > MAX_RESOURCES) {
            throw AwsError.invalidValue("The maximum number of resource IDs in a single call is " + MAX_RESOURCES);
        }
        return ids;
    }

    void describe(ServiceCall call) {
        Filters filters = Filters.of(call.request());
        Predicate<TagRow> filter = filters.test(attributes(), row -> Map.of(row.key, row.value));
        context.permit(call);
        List<TagRow> rows = Stream.of(store.instances(), store.images(), store.snapshots())
                .flatMap(Collection::stream)
                .filter(resource -> resource.listed(call.now(), call.horizon()))
                .sorted(Comparator.comparingLong(Resource::ordinal))
                .flatMap(resource -> rows(resource, call))
                .toList();
        Page<TagRow> page = Page.of(call, MIN_PAGE, rows.stream().filter(filter), row -> row.ordinal);
        XmlBody reply = call.reply().open("tagSet");
        for (TagRow row : page.items()) {
            reply.open("item")
                    .text("resourceId", row.resourceId)
                    .text("resourceType", row.resourceType)
                    .text("key", row.key)
                    .text("value", row.value)
                    .close("item");
        }
        reply.close("tagSet").optional("nextToken", page.nextToken());
    }

    private static Stream<TagRow> rows(Resource resource, ServiceCall call) {
        List<TagRow> rows = new ArrayList<>();
        resource.tags()
                .seenAt(call.horizon())
                .forEach((key, value) -> rows.add(new TagRow(
                        // Room for every tag of a resource between its ordinal and the next one's.
                        resource.ordinal() * 1000 + rows.size(), resource.id(), resource.type(), key, value)));
        return rows.stream();
    }

    private static Map<String, Function<TagRow, Collection<String>>> attributes() {
        Map<String, Function<TagRow, Collection<String>>> by = new HashMap<>();
        by.put("resource-id", row -> List.of(row.resourceId));
        by.put("resource-type", row -> List.of(row.resourceType));
        by.put("key", row -> List.of(row.key));
        by.put("value", row -> List.of(row.value));
        return by;
    }

    /** A tag to delete; without a value, whatever its value. */
    private record Deletion(String key, @Nullable String value) {}

    private record TagRow(long ordinal, String resourceId, String resourceType, String key, String value) {}
}
