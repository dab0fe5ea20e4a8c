package io.jenkins.plugins.awsoperations.simulator.events;

import io.jenkins.plugins.awsoperations.simulator.FaultEffect;
import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonService;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The simulated EventBridge from behind the scenes: buses and what they received. Thread-safe. */
public final class EventsWorld {

    /** The bus that every account has. */
    public static final String DEFAULT_BUS = "default";

    // What is longer is taken and not seen again, as users of AWS tell; the API reference only names the limit.
    private static final int LONGEST_DETAIL_TYPE = 128;

    private final Account account;
    private final SimulatorParts parts;
    private final SplittableRandom random;
    private final SortedSet<String> buses = new TreeSet<>(List.of(DEFAULT_BUS));
    private final List<ReceivedEvent> received = new ArrayList<>();
    private final List<ReceivedEvent> lost = new ArrayList<>();

    /** An EventBridge with the default bus. */
    public EventsWorld(Account account, SimulatorParts parts) {
        this.account = account;
        this.parts = parts;
        this.random = new SplittableRandom(parts.seed() * 31 + "events".hashCode());
    }

    /** The API on this world. */
    public JsonService service() {
        return new EventsService(this, account);
    }

    /** Adds an event bus. */
    public void createBus(String name) {
        parts.locked(now -> buses.add(name));
    }

    /** Every event that a bus received, in order. */
    public List<ReceivedEvent> received() {
        return parts.locked(now -> List.copyOf(received));
    }

    /** Events that AWS takes without a word of complaint, and that nobody ever sees. */
    public List<ReceivedEvent> lost() {
        return parts.locked(now -> List.copyOf(lost));
    }

    /**
     * The received events that an event pattern matches, whatever their bus.
     *
     * @param pattern JSON text
     * @throws IllegalArgumentException when it is no pattern, or uses what this simulator does not know
     */
    public List<ReceivedEvent> matching(String pattern) {
        EventPattern parsed = EventPattern.parse(pattern);
        return received().stream()
                .filter(event -> parsed.matches(event, account))
                .toList();
    }

    /**
     * Puts events, as PutEvents does once the caller is known to be allowed to. For the simulator's own services.
     *
     * @return what became of each, in order
     * @throws AwsError when the request fails as a whole
     */
    public List<EntryResult> put(List<EventEntry> entries) {
        return put(EntryRules.checked(entries), null);
    }

    List<EntryResult> put(List<EventEntry> entries, FaultEffect.@Nullable EntryError fault) {
        return parts.locked(
                now -> entries.stream().map(entry -> put(entry, fault, now)).toList());
    }

    private EntryResult put(EventEntry entry, FaultEffect.@Nullable EntryError fault, Instant now) {
        return EntryRules.failure(entry)
                .orElseGet(() -> fault == null ? take(entry, now) : EntryResult.failed(fault.code(), fault.message()));
    }

    private EntryResult take(EventEntry entry, Instant now) {
        String bus = entry.bus() == null ? DEFAULT_BUS : entry.bus();
        Instant time = entry.time() == null ? now : entry.time();
        ReceivedEvent event = new ReceivedEvent(
                new UUID(random.nextLong(), random.nextLong()).toString(),
                name(bus),
                String.valueOf(entry.source()),
                String.valueOf(entry.detailType()),
                String.valueOf(entry.detail()),
                entry.resources(),
                time.truncatedTo(ChronoUnit.SECONDS),
                now);
        // An event to a bus that does not exist succeeds: github.com/aws/aws-sdk, issue 186.
        (exists(bus) && event.detailType().length() <= LONGEST_DETAIL_TYPE ? received : lost).add(event);
        return EntryResult.taken(event.id());
    }

    /** Whether there is such a bus, by its name or its ARN. */
    boolean exists(String bus) {
        return parts.locked(now -> buses.contains(name(bus)) && (!bus.startsWith("arn:") || bus.equals(arn(bus))));
    }

    /** The ARN that a bus of this account and Region has. */
    String arn(String bus) {
        return "arn:aws:events:" + account.region() + ":" + account.accountId() + ":event-bus/" + name(bus);
    }

    /** The name of a bus that is given by its name or ARN. */
    static String name(String bus) {
        return bus.substring(bus.lastIndexOf('/') + 1);
    }
}
