package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands, documents and what ran on the nodes. Guarded by the simulator's lock. */
final class SsmStore {

    private final SplittableRandom ids;
    private final Map<String, SentCommand> commands = new LinkedHashMap<>();
    private final Map<String, Set<Invocation>> openByNode = new HashMap<>();
    private final Map<String, SsmDocument> documents = new HashMap<>();
    private final List<RunRecord> runs = new ArrayList<>();

    SsmStore(long seed) {
        // Another sequence than that of the request ids.
        this.ids = new SplittableRandom(seed * 31 + "command".hashCode());
        add(SsmDocument.RUN_SHELL_SCRIPT);
        add(SsmDocument.RUN_POWER_SHELL_SCRIPT);
    }

    SentCommand newCommand(Instant sentAt, SsmDocument document, SentCommand.Request request) {
        String id = new UUID(ids.nextLong(), ids.nextLong()).toString();
        SentCommand command = new SentCommand(id, commands.size(), sentAt, document, request);
        commands.put(id, command);
        for (Invocation invocation : command.invocations()) {
            openByNode
                    .computeIfAbsent(invocation.instanceId(), node -> new LinkedHashSet<>())
                    .add(invocation);
        }
        return command;
    }

    /** All commands, oldest first. */
    Collection<SentCommand> commands() {
        return Collections.unmodifiableCollection(commands.values());
    }

    @Nullable
    SentCommand command(String id) {
        return commands.get(id);
    }

    /** The invocations of a node about which something may still happen. */
    List<Invocation> open(String instanceId) {
        return List.copyOf(openByNode.getOrDefault(instanceId, Set.of()));
    }

    /** Nothing more will happen about an invocation. */
    void close(Invocation invocation) {
        Set<Invocation> open = openByNode.get(invocation.instanceId());
        if (open != null) {
            open.remove(invocation);
        }
    }

    void add(SsmDocument document) {
        documents.put(document.name(), document);
    }

    /** A document by its name or ARN. */
    @Nullable
    SsmDocument document(String nameOrArn) {
        SsmDocument named = documents.get(nameOrArn);
        int name = nameOrArn.indexOf(":document/");
        return named != null || name < 0 ? named : documents.get(nameOrArn.substring(name + ":document/".length()));
    }

    RunRecord newRun(SentCommand command, String instanceId, Instant startedAt) {
        RunRecord run = new RunRecord(command, instanceId, startedAt);
        runs.add(run);
        return run;
    }

    List<NodeRun> runs() {
        return runs.stream().map(RunRecord::view).toList();
    }
}
