package io.jenkins.plugins.awsoperations.simulator.s3;

import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.wire.Blob;
import java.time.Instant;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The simulated S3 from behind the scenes. What is put into it is there at once, as in S3. Thread-safe. */
public final class S3World {

    private final SimulatorParts parts;
    private final SortedMap<String, SortedMap<String, StoredObject>> buckets = new TreeMap<>();

    /** An S3 without buckets. */
    public S3World(SimulatorParts parts) {
        this.parts = parts;
    }

    /** Adds an empty bucket. */
    public void createBucket(String bucket) {
        parts.locked(now -> buckets.computeIfAbsent(bucket, name -> new TreeMap<>()));
    }

    /** Puts an object into a bucket. */
    public void put(String bucket, String key, byte[] content) {
        put(bucket, key, Blob.of(content.clone()));
    }

    /** Puts an object into a bucket; for the simulator's own packages. */
    public void put(String bucket, String key, Blob content) {
        parts.locked(now -> objects(bucket).put(key, new StoredObject(content, now)));
    }

    /** Whether there is such a bucket. */
    public boolean exists(String bucket) {
        return parts.locked(now -> buckets.containsKey(bucket));
    }

    /** The content of an object. */
    public byte[] object(String bucket, String key) {
        StoredObject object = parts.locked(now -> objects(bucket).get(key));
        if (object == null) {
            throw new NoSuchElementException(bucket + " has no object " + key);
        }
        return object.content().bytes();
    }

    /** The sizes of all objects in bytes, by bucket and key. */
    public Map<String, Map<String, Long>> sizes() {
        return parts.locked(now -> {
            Map<String, Map<String, Long>> sizes = new TreeMap<>();
            buckets.forEach((bucket, objects) -> {
                Map<String, Long> ofBucket = new TreeMap<>();
                objects.forEach(
                        (key, object) -> ofBucket.put(key, object.content().length()));
                sizes.put(bucket, ofBucket);
            });
            return sizes;
        });
    }

    private Map<String, StoredObject> objects(String bucket) {
        Map<String, StoredObject> objects = buckets.get(bucket);
        if (objects == null) {
            throw new NoSuchElementException("there is no bucket " + bucket);
        }
        return objects;
    }

    @Nullable
    StoredObject stored(String bucket, String key) {
        return objects(bucket).get(key);
    }

    /**
     * An object.
     *
     * @param content what is in it
     * @param modifiedAt when it was put
     */
    record StoredObject(Blob content, Instant modifiedAt) {}
}
