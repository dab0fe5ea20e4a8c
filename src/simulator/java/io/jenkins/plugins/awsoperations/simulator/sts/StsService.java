package io.jenkins.plugins.awsoperations.simulator.sts;

import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.sts.Sessions.Session;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.Callers;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryRequest;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryService;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The STS Query API, version 2011-06-15: AssumeRole and GetCallerIdentity. */
public final class StsService implements QueryService {

    private static final String VERSION = "2011-06-15";
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    // API reference, AssumeRole.
    private static final Pattern ROLE_ARN = Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/(?:[^/]+/)*([^/]+)");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final int MIN_SECONDS = 900;
    private static final int MAX_SECONDS = 43_200;
    private static final int DEFAULT_SECONDS = 3_600;
    private static final int CHAINED_SECONDS = 3_600;

    private final String accountId;
    private final SimulatorClock clock;
    private final Sessions sessions;

    /**
     * An STS.
     *
     * @param accountId account of the callers that have assumed no role
     * @param clock tells how simulated durations relate to real time
     * @param seed decides the keys
     */
    public StsService(String accountId, SimulatorClock clock, long seed) {
        this.accountId = accountId;
        this.clock = clock;
        this.sessions = new Sessions(accountId, seed);
    }

    /** Who the callers are. */
    public Callers callers() {
        return sessions;
    }

    @Override
    public String name() {
        return "sts";
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public boolean knows(String action) {
        return action.equals("AssumeRole") || action.equals("GetCallerIdentity");
    }

    @Override
    public void handle(ServiceCall call) {
        if (call.request().action().equals("AssumeRole")) {
            assumeRole(call);
        } else {
            getCallerIdentity(call);
        }
    }

    private void assumeRole(ServiceCall call) {
        QueryRequest request = call.request();
        String roleArn = valid("roleArn", request.optional("RoleArn"), ROLE_ARN);
        String sessionName = valid("roleSessionName", request.optional("RoleSessionName"), SESSION_NAME);
        String externalId = request.optional("ExternalId");
        if (externalId != null) {
            valid("externalId", externalId, EXTERNAL_ID);
        }
        Duration duration = duration(call);
        String requiredId = call.settings().requiredExternalId();
        if (call.denied() || requiredId != null && !requiredId.equals(externalId)) {
            throw denied(call, roleArn);
        }
        Matcher role = ROLE_ARN.matcher(roleArn);
        if (!role.matches()) {
            throw new IllegalStateException(roleArn);
        }
        Session session = sessions.open(
                role.group(1), role.group(2), sessionName, call.now().plus(duration));
        call.resource(session.accessKeyId());
        call.reply()
                .open("Credentials")
                .text("AccessKeyId", session.accessKeyId())
                .text("SecretAccessKey", session.secretAccessKey())
                .text("SessionToken", session.sessionToken())
                .text("Expiration", expiration(duration).toString())
                .close("Credentials")
                .open("AssumedRoleUser")
                .text("AssumedRoleId", session.userId())
                .text("Arn", session.arn())
                .close("AssumedRoleUser");
    }

    /**
     * The end of the session on the clock of the client, which knows nothing of simulated time: a client would
     * otherwise hold keys of a simulated past for expired and ask for new ones before each call.
     */
    private Instant expiration(Duration duration) {
        Duration real = clock.speed() > 0 ? clock.toReal(duration) : duration;
        return Instant.now().plus(real).truncatedTo(ChronoUnit.SECONDS);
    }

    private Duration duration(ServiceCall call) {
        Integer asked = call.request().number("DurationSeconds");
        int seconds = asked == null ? DEFAULT_SECONDS : asked;
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
            throw validationError(
                    "Value '" + seconds + "' at 'durationSeconds' failed to satisfy constraint: Member must"
                            + " have value between " + MIN_SECONDS + " and " + MAX_SECONDS);
        }
        if (seconds > CHAINED_SECONDS && sessions.of(call.principal()) != null) {
            throw AwsError.badRequest(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
                            + " role chaining");
        }
        return Duration.ofSeconds(seconds);
    }

    private static String valid(String member, @Nullable String value, Pattern pattern) {
        if (value == null || value.isEmpty()) {
            throw validationError(
                    "Value null at '" + member + "' failed to satisfy constraint: Member must not be null");
        }
        if (!pattern.matcher(value).matches()) {
            throw validationError("Value '" + value + "' at '" + member + "' failed to satisfy constraint: Member must"
                    + " satisfy regular expression pattern: " + pattern);
        }
        return value;
    }

    private static AwsError validationError(String problem) {
        return AwsError.badRequest("ValidationError", "1 validation error detected: " + problem);
    }

    private AwsError denied(ServiceCall call, String resource) {
        return new AwsError(
                "AccessDenied",
                "User: " + sessions.arnOf(call.principal()) + " is not authorized to perform: sts:"
                        + call.request().action() + " on resource: " + resource,
                403);
    }

    private void getCallerIdentity(ServiceCall call) {
        if (call.denied()) {
            throw denied(call, "*");
        }
        Session session = sessions.of(call.principal());
        call.reply()
                .text("Arn", sessions.arnOf(call.principal()))
                .text("UserId", session == null ? "AIDASIMULATOR0000USER" : session.userId())
                .text("Account", session == null ? accountId : session.accountId());
    }

    @Override
    public AwsError throttled() {
        return AwsError.badRequest("Throttling", "Rate exceeded");
    }

    @Override
    public AwsError expired() {
        return new AwsError("ExpiredToken", "The security token included in the request is expired", 403);
    }

    @Override
    public XmlBody success(String action, XmlBody reply, String requestId) {
        String root = action + "Response";
        String result = action + "Result";
        return metadata(
                        new XmlBody()
                                .open(root, NAMESPACE)
                                .open(result)
                                .append(reply)
                                .close(result),
                        requestId)
                .close(root);
    }

    private static XmlBody metadata(XmlBody xml, String requestId) {
        return xml.open("ResponseMetadata").text("RequestId", requestId).close("ResponseMetadata");
    }

    @Override
    public XmlBody failure(AwsError error, String requestId) {
        return new XmlBody()
                .open("ErrorResponse", NAMESPACE)
                .open("Error")
                .text("Type", error.status() < 500 ? "Sender" : "Receiver")
                .text("Code", error.code())
                .text("Message", String.valueOf(error.getMessage()))
                .close("Error")
                .text("RequestId", requestId)
                .close("ErrorResponse");
    }
}
