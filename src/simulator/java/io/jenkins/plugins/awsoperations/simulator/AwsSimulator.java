package io.jenkins.plugins.awsoperations.simulator;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.awsoperations.simulator.ec2.Ec2World;
import io.jenkins.plugins.awsoperations.simulator.events.EventsWorld;
import io.jenkins.plugins.awsoperations.simulator.http.AwsEndpoint;
import io.jenkins.plugins.awsoperations.simulator.http.ControlPlane;
import io.jenkins.plugins.awsoperations.simulator.http.SimulatorServer;
import io.jenkins.plugins.awsoperations.simulator.http.Worlds;
import io.jenkins.plugins.awsoperations.simulator.logs.LogsWorld;
import io.jenkins.plugins.awsoperations.simulator.s3.S3Protocol;
import io.jenkins.plugins.awsoperations.simulator.s3.S3World;
import io.jenkins.plugins.awsoperations.simulator.ssm.SsmWorld;
import io.jenkins.plugins.awsoperations.simulator.states.StatesWorld;
import io.jenkins.plugins.awsoperations.simulator.sts.StsService;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.Gateway;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonProtocol;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A simulated AWS account in one Region: EC2, STS, Systems Manager, Step Functions, CloudWatch Logs, S3 and EventBridge
 * behind one endpoint on 127.0.0.1, for the real SDK and the real command line. Thread-safe. With a manual clock, one
 * client thread and a seed, everything it answers is the same in every run.
 */
public final class AwsSimulator implements AutoCloseable {

    private final SimulatorParts parts;
    private final Ec2World ec2;
    private final LogsWorld logs;
    private final S3World s3;
    private final SsmWorld ssm;
    private final EventsWorld events;
    private final StatesWorld states;
    private final SimulatorServer server;

    private AwsSimulator(Builder from) throws IOException {
        this.parts = new SimulatorParts(
                from.clock,
                new AtomicReference<>(from.settings),
                new Faults(from.seed),
                new Ledger(),
                new ReentrantLock(),
                new Timeline(),
                from.seed);
        StsService sts = new StsService(from.accountId, from.clock, from.seed);
        this.ec2 = new Ec2World(from.region, from.accountId, sts.callers()::arnOf, parts);
        this.logs = new LogsWorld(parts);
        this.s3 = new S3World(parts);
        Account account = new Account(from.region, from.accountId, sts.callers()::arnOf);
        this.ssm = new SsmWorld(account, ec2.hosts(), logs, s3, parts, from.real);
        this.events = new EventsWorld(account, parts);
        this.states = new StatesWorld(account, events, parts);
        AwsEndpoint endpoint = new AwsEndpoint(
                new Gateway(sts.callers(), parts),
                new QueryProtocol(List.of(ec2.service(), sts)),
                new JsonProtocol(List.of(ssm.service(), logs.service(account), events.service(), states.service())),
                new S3Protocol(s3, account));
        try {
            this.server = SimulatorServer.start(
                    from.port,
                    from.threads,
                    endpoint,
                    new ControlPlane(parts, new Worlds(ec2, ssm, logs, s3, events, states)));
        } catch (IOException e) {
            ssm.close();
            throw e;
        }
    }

    /** A simulator with default settings on any free port, before it is started. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where clients find all services, for example {@code http://127.0.0.1:4599}. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** The simulated time. */
    public SimulatorClock clock() {
        return parts.clock();
    }

    /** Every call so far. */
    public Ledger ledger() {
        return parts.ledger();
    }

    /** What goes wrong. */
    public Faults faults() {
        return parts.faults();
    }

    /** The simulated EC2 from behind the scenes. */
    @SuppressFBWarnings(value = "EI_EXPOSE_REP", justification = "The world is there to be changed from outside.")
    public Ec2World ec2() {
        return ec2;
    }

    /** The simulated Systems Manager from behind the scenes. */
    public SsmWorld ssm() {
        return ssm;
    }

    /** The simulated CloudWatch Logs from behind the scenes. */
    @SuppressFBWarnings(value = "EI_EXPOSE_REP", justification = "The world is there to be changed from outside.")
    public LogsWorld logs() {
        return logs;
    }

    /** The simulated S3 from behind the scenes. */
    @SuppressFBWarnings(value = "EI_EXPOSE_REP", justification = "The world is there to be changed from outside.")
    public S3World s3() {
        return s3;
    }

    /** The simulated EventBridge from behind the scenes. */
    @SuppressFBWarnings(value = "EI_EXPOSE_REP", justification = "The world is there to be changed from outside.")
    public EventsWorld events() {
        return events;
    }

    /** The simulated Step Functions from behind the scenes. */
    @SuppressFBWarnings(value = "EI_EXPOSE_REP", justification = "The world is there to be changed from outside.")
    public StatesWorld states() {
        return states;
    }

    /** The settings in force. */
    public SimulatorSettings settings() {
        return parts.settings();
    }

    /** Changes the settings from the next call on; what has begun goes on as it began. */
    public void settings(SimulatorSettings newSettings) {
        parts.currentSettings().set(newSettings);
    }

    /** Stops; connections are dropped, commands that run for real are killed. */
    @Override
    public void close() {
        server.close();
        ssm.close();
    }

    /** What a simulator starts with. */
    public static final class Builder {

        private SimulatorClock clock = SimulatorClock.scaled(1);
        private int port;
        private int threads = 4;
        private String region = "ap-northeast-1";
        private String accountId = "123456789012";
        private SimulatorSettings settings = SimulatorSettings.defaults();
        private long seed = 1;
        private boolean real;

        private Builder() {}

        /** The clock; default: real time. */
        public Builder clock(SimulatorClock value) {
            this.clock = value;
            return this;
        }

        /** The port; default 0, any free one. */
        public Builder port(int value) {
            this.port = value;
            return this;
        }

        /** How many requests are handled at once; default 4. */
        public Builder threads(int value) {
            this.threads = value;
            return this;
        }

        /** The Region; default {@code ap-northeast-1}. It appears in ARNs; requests of any Region are answered. */
        public Builder region(String value) {
            this.region = value;
            return this;
        }

        /** The account, twelve digits; default {@code 123456789012}. */
        public Builder accountId(String value) {
            this.accountId = value;
            return this;
        }

        /** What the simulated AWS is like. */
        public Builder settings(SimulatorSettings value) {
            this.settings = value;
            return this;
        }

        /** Decides all ids and all chance; default 1. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /**
         * Whether commands are executed on this machine, as this user, unless their node has a script; default false.
         * Whoever reaches the port can then run commands.
         */
        public Builder runCommandsForReal(boolean value) {
            this.real = value;
            return this;
        }

        /**
         * Starts to serve.
         *
         * @throws UncheckedIOException when the port is taken
         */
        public AwsSimulator start() {
            try {
                return new AwsSimulator(this);
            } catch (IOException e) {
                throw new UncheckedIOException("The simulator cannot listen on 127.0.0.1:" + port, e);
            }
        }
    }
}
