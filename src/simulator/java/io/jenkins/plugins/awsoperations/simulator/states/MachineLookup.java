package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds state machines by their ARNs and by those of their versions and aliases. */
final class MachineLookup {

    private static final int NAME = 6;

    private final StatesContext context;

    MachineLookup(StatesContext context) {
        this.context = context;
    }

    /**
     * What an ARN is about.
     *
     * @param machine the state machine
     * @param revision what it does, as of the version
     * @param versionArn the version; null: none
     * @param aliasArn the alias; null: none
     */
    record Found(
            StateMachine machine,
            Revision revision,
            @Nullable String versionArn,
            @Nullable String aliasArn) {}

    /**
     * The state machine, version or alias of an ARN; of an alias with two versions one by their weights.
     *
     * @throws AwsError StateMachineDoesNotExist
     */
    Found started(String arn) {
        String[] parts = arn.split(":", -1);
        StateMachine machine = context.store().machine(context.arn("stateMachine:" + parts[NAME]));
        if (machine == null || !arn.startsWith(machine.arn())) {
            throw unknown(arn);
        }
        if (parts.length == NAME + 1) {
            return new Found(machine, machine.current(), null, null);
        }
        String qualifier = parts[NAME + 1];
        MachineAlias alias = machine.alias(qualifier);
        int number = alias == null ? number(qualifier, arn) : choose(alias.routes());
        Revision version = machine.version(number);
        if (version == null) {
            throw unknown(arn);
        }
        return new Found(machine, version, machine.versionArn(number), alias == null ? null : arn);
    }

    /**
     * The state machine of an ARN that names neither version nor alias.
     *
     * @throws AwsError StateMachineDoesNotExist
     */
    StateMachine machine(String arn) {
        StateMachine machine = context.store().machine(arn);
        if (machine == null) {
            throw unknown(arn);
        }
        return machine;
    }

    /**
     * Refuses a state machine that is being deleted.
     *
     * @throws AwsError StateMachineDeleting
     */
    static void refuseDeleting(StateMachine machine) {
        if (machine.deleting()) {
            throw AwsError.badRequest(
                    "StateMachineDeleting", "State Machine is being deleted: '" + machine.arn() + "'");
        }
    }

    private int choose(List<MachineAlias.Route> routes) {
        int drawn = routes.size() == 1 ? 0 : context.store().draw(100);
        return routes.size() == 1 || drawn < routes.get(0).weight()
                ? routes.get(0).version()
                : routes.get(1).version();
    }

    private static int number(String qualifier, String arn) {
        try {
            return Integer.parseInt(qualifier);
        } catch (NumberFormatException e) {
            throw unknown(arn);
        }
    }

    private static AwsError unknown(String arn) {
        return AwsError.badRequest("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
    }
}
