package io.jenkins.plugins.awsoperations.simulator.states;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.events.EventsWorld;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonService;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The simulated Step Functions from behind the scenes: state machines, executions as they are, and what tasks come to.
 * Thread-safe.
 */
public final class StatesWorld {

    private static final String ROLE = "role/simulator";

    private final SimulatorParts parts;
    private final StatesStore store;
    private final Tokens tokens;
    private final StatesContext context;
    private final MachineActions machines;
    private final ExecutionStarting starting;
    private final StatesService service;
    private final TaskRules rules = new TaskRules();
    private final String roleArn;
    private TaskScript script = call -> null;

    /**
     * A Step Functions without state machines.
     *
     * @param account where it is
     * @param events where tasks put events
     */
    public StatesWorld(Account account, EventsWorld events, SimulatorParts parts) {
        this.parts = parts;
        this.store = new StatesStore(parts.seed());
        this.tokens = new Tokens(parts.seed());
        this.roleArn = "arn:aws:iam::" + account.accountId() + ':' + ROLE;
        Endings endings = new Endings(store);
        Map<String, Integration> integrations = new HashMap<>();
        Interpreter interpreter = new Interpreter(
                parts.timeline(),
                endings,
                new TaskStates.Surroundings(account.region(), tokens, rules, call -> script.run(call), integrations));
        this.context = new StatesContext(store, interpreter, endings, account);
        this.machines = new MachineActions(context);
        this.starting = new ExecutionStarting(context, parts);
        TaskReplying replying = new TaskReplying(context, tokens);
        new StateIntegrations(starting, replying, interpreter.tasks()).register(integrations);
        integrations.put("events:putEvents", new EventIntegration(events, interpreter.tasks()));
        this.service = new StatesService(context, starting, replying);
    }

    /** The API on this world. */
    public JsonService service() {
        return service;
    }

    /**
     * Creates a STANDARD state machine.
     *
     * @return its ARN
     */
    public String createStateMachine(String name, String definitionJson) {
        return settled(now ->
                machines.create(name, definitionJson, roleArn, false, now).arn());
    }

    /**
     * Creates an EXPRESS state machine.
     *
     * @return its ARN
     */
    public String createExpress(String name, String definitionJson) {
        return settled(
                now -> machines.create(name, definitionJson, roleArn, true, now).arn());
    }

    /** What all tasks come to from now on. It is called while the world stands still, and must not look at it. */
    public void task(TaskScript newScript) {
        settled(now -> {
            script = newScript;
            return newScript;
        });
    }

    /** What tasks come to by the names of their states, before the script is asked. */
    @SuppressFBWarnings(value = "EI_EXPOSE_REP", justification = "The rules are there to be changed from outside.")
    public TaskRules taskRules() {
        return rules;
    }

    /** All state machines, oldest first. */
    public List<MachineView> machines() {
        return settled(now -> store.machines().stream()
                .map(machine -> new MachineView(
                        machine.arn(),
                        machine.name(),
                        machine.express() ? "EXPRESS" : "STANDARD",
                        machine.createdAt(),
                        machine.running()))
                .toList());
    }

    /** All executions, oldest first, also those that AWS does not show yet. */
    public List<ExecutionView> executions() {
        return settled(now -> store.executions().stream().map(Execution::view).toList());
    }

    /**
     * One execution.
     *
     * @throws NoSuchElementException when there is none
     */
    public ExecutionView execution(String arn) {
        return settled(now -> known(arn, now).view());
    }

    /** The tokens of all tasks that wait for theirs, oldest first. */
    public List<String> openTaskTokens() {
        return settled(now -> tokens.open());
    }

    /** All tasks that wait for their tokens, oldest first. */
    public List<WaitingTask> waitingTasks() {
        return settled(now -> tokens.waiting());
    }

    /** The token of a task that waits for it. */
    public Optional<String> taskToken(String executionArn, String stateName) {
        return settled(now -> tokens.find(executionArn, stateName));
    }

    /**
     * Starts an execution as a person does in the console: the ledger does not know of it.
     *
     * @return its ARN
     */
    public String start(String machineArn, String name, String inputJson) {
        return settled(now -> starting.start(machineArn, name, inputJson, now).arn());
    }

    /** Stops an execution as a person does in the console: the ledger does not know of it. */
    public void stop(String executionArn, String error, String cause) {
        settled(now -> {
            context.endings().aborted(known(executionArn, now), error, cause, now);
            return now;
        });
    }

    private Execution known(String arn, Instant now) {
        Execution execution = store.execution(arn, now);
        if (execution == null) {
            throw new NoSuchElementException(arn + " does not exist in the simulator");
        }
        return execution;
    }

    private <T> T settled(Function<Instant, T> work) {
        return parts.locked(now -> {
            T result = work.apply(now);
            context.interpreter().settle();
            return result;
        });
    }
}
