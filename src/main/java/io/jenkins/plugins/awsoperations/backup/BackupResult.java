package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.backup.InstanceResult.State;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run of {@code ec2Backup} did. A plain class of texts and numbers, because it is kept with the build. */
public final class BackupResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String plan;
    private final @Nullable String unstableReason;
    private final ArrayList<InstanceResult> instances;

    BackupResult(String plan, Collection<InstanceResult> instances, @Nullable String unstableReason) {
        this.plan = plan;
        this.instances = new ArrayList<>(instances);
        this.unstableReason = unstableReason;
    }

    public String plan() {
        return plan;
    }

    /** How many images were made. */
    public int created() {
        return count(State.AVAILABLE) + count(State.PENDING);
    }

    /** How many images rotation deleted; none in a dry run. */
    public int deleted() {
        return instances.stream()
                .filter(i -> i.state() != State.PLANNED)
                .mapToInt(i -> i.deleted().size())
                .sum();
    }

    /** How many instances failed. */
    public int failed() {
        return count(State.FAILED);
    }

    /** How many instances ended in a state. */
    public int count(State state) {
        return (int) instances.stream().filter(i -> i.state() == state).count();
    }

    public List<InstanceResult> instances() {
        return List.copyOf(instances);
    }

    /** Why the build should be unstable although the run succeeded, or null. */
    public @Nullable String unstableReason() {
        return unstableReason;
    }

    /** The same for Groovy and JSON, by the names of the documentation. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("plan", plan);
        map.put("created", created());
        map.put("deleted", deleted());
        map.put("failed", failed());
        map.put("unstableReason", unstableReason);
        List<Map<String, Object>> list = new ArrayList<>();
        instances.forEach(i -> list.add(i.toMap()));
        map.put("instances", list);
        return map;
    }
}
