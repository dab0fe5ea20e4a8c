package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The filters of a Describe call: all must match; of the values of one filter, any. Names and values are case
 * sensitive. Source: EC2 user guide, "List and filter your resources".
 */
final class Filters {

    // EC2 user guide: at most 200 filter values in a request.
    private static final int MAX_VALUES = 200;
    private static final String TAG_PREFIX = "tag:";

    private final List<Filter> filters;

    private Filters(List<Filter> filters) {
        this.filters = filters;
    }

    static Filters of(QueryRequest request) {
        List<Filter> filters = new ArrayList<>();
        int values = 0;
        for (String member : request.members("Filter")) {
            String name = request.required(member + ".Name");
            List<String> texts = request.list(member + ".Value");
            if (texts.isEmpty()) {
                throw AwsError.missing(member + ".Value");
            }
            values += texts.size();
            filters.add(new Filter(name, texts.stream().map(Glob::new).toList()));
        }
        if (values > MAX_VALUES) {
            throw AwsError.badRequest(
                    "FilterLimitExceeded", "The maximum number of filter values specified on a single call is 200");
        }
        return new Filters(filters);
    }

    /**
     * The test that all filters make of one kind of resource.
     *
     * @param attributes values of the filterable attributes by filter name, without the tags
     * @param tags the tags
     * @param <T> kind of resource
     */
    <T> Predicate<T> test(
            Map<String, Function<T, Collection<String>>> attributes, Function<T, Map<String, String>> tags) {
        Predicate<T> all = resource -> true;
        for (Filter filter : filters) {
            all = all.and(single(filter, attributes, tags));
        }
        return all;
    }

    private static <T> Predicate<T> single(
            Filter filter,
            Map<String, Function<T, Collection<String>>> attributes,
            Function<T, Map<String, String>> tags) {
        if (filter.name.startsWith(TAG_PREFIX)) {
            String key = filter.name.substring(TAG_PREFIX.length());
            return resource -> {
                String value = tags.apply(resource).get(key);
                return value != null && filter.matches(value);
            };
        }
        if (filter.name.equals("tag-key")) {
            return resource -> tags.apply(resource).keySet().stream().anyMatch(filter::matches);
        }
        Function<T, Collection<String>> attribute = attributes.get(filter.name);
        if (attribute == null) {
            throw AwsError.invalidValue("The filter '" + filter.name + "' is invalid");
        }
        return resource -> attribute.apply(resource).stream().anyMatch(filter::matches);
    }

    private record Filter(String name, List<Glob> values) {

        boolean matches(String value) {
            return values.stream().anyMatch(glob -> glob.test(value));
        }
    }
}
