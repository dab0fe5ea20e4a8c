package io.jenkins.plugins.awsoperations.simulator.states;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A state machine with its versions, its aliases and its executions. */
final class StateMachine {

    private final String arn;
    private final String name;
    private final boolean express;
    private final Instant createdAt;
    private final List<Execution> executions = new ArrayList<>();
    private final Map<Integer, Revision> versions = new TreeMap<>();
    private final Map<String, MachineAlias> aliases = new TreeMap<>();
    private Revision current;
    private int lastVersion;
    private int running;
    private boolean deleting;

    StateMachine(String arn, String name, boolean express, Instant createdAt, Revision current) {
        this.arn = arn;
        this.name = name;
        this.express = express;
        this.createdAt = createdAt;
        this.current = current;
    }

    String arn() {
        return arn;
    }

    String name() {
        return name;
    }

    boolean express() {
        return express;
    }

    Instant createdAt() {
        return createdAt;
    }

    Revision current() {
        return current;
    }

    void update(Revision newRevision) {
        current = newRevision;
    }

    boolean deleting() {
        return deleting;
    }

    void delete() {
        deleting = true;
    }

    /** All executions, oldest first. */
    List<Execution> executions() {
        return executions;
    }

    int running() {
        return running;
    }

    void runningChanged(int by) {
        running += by;
    }

    /** Publishes what the machine does now, unless the last version says the same; returns the version's number. */
    int publish(@Nullable String description, Instant now) {
        Revision last = versions.get(lastVersion);
        if (last == null || !last.id().equals(current.id())) {
            lastVersion++;
            versions.put(lastVersion, current.published(description, now));
        }
        return lastVersion;
    }

    @Nullable
    Revision version(int number) {
        return versions.get(number);
    }

    String versionArn(int number) {
        return arn + ':' + number;
    }

    @Nullable
    MachineAlias alias(String aliasName) {
        return aliases.get(aliasName);
    }

    void add(MachineAlias alias) {
        aliases.put(alias.name(), alias);
    }
}
