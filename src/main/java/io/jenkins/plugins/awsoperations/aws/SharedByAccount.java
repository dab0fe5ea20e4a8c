package io.jenkins.plugins.awsoperations.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What all connections to one account and region share: request buckets, reads. One object of each type. */
final class SharedByAccount {

    private final Map<Class<?>, Object> objects = new ConcurrentHashMap<>();

    <T> T get(Class<T> type, Supplier<T> create) {
        return type.cast(objects.computeIfAbsent(type, t -> create.get()));
    }
}
