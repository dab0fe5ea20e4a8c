package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlPlaneTest {

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(aws.simulator().endpoint());
    }

    @Test
    void listsWhatThereIs() {
        assertThat(http.get("/_simulator/")).startsWith("HTTP/1.1 200").contains("POST /_simulator/faults");
        assertThat(http.get("/_simulator/nothing")).startsWith("HTTP/1.1 404");
    }

    @Test
    void showsTheLedgerAsFilteredAndForgetsIt() {
        String id = aws.instance();
        aws.ec2().describeRegions();
        aws.createImage(id, "image");

        JsonNode calls = json(http.get("/_simulator/ledger?action=CreateImage"));
        assertThat(calls).hasSize(1);
        JsonNode call = calls.get(0);
        assertThat(call.get("sequence").asLong()).isEqualTo(2);
        assertThat(call.get("time").asText()).isEqualTo("2026-01-15T03:00:00Z");
        assertThat(call.get("service").asText()).isEqualTo("ec2");
        assertThat(call.get("outcome").asText()).isEqualTo("OK");
        assertThat(call.get("resource").asText()).startsWith("ami-0");
        assertThat(call.get("principal").asText()).isEqualTo("AKIASIMULATORTEST000");
        assertThat(call.get("parameters")).hasSize(2);
        assertThat(call.get("parameters").get("Name").asText()).isEqualTo("image");
        assertThat(json(http.get("/_simulator/ledger?since=1"))).hasSize(1);
        assertThat(json(http.get("/_simulator/ledger"))).hasSize(2);
        assertThat(http.get("/_simulator/ledger?actoin=x")).contains("unknown filter \\\"actoin\\\"");
        assertThat(http.delete("/_simulator/ledger")).startsWith("HTTP/1.1 200");
        assertThat(aws.simulator().ledger().calls()).isEmpty();
    }

    @Test
    void setsListsAndRemovesFaults() {
        String id = aws.instance();
        http.post(
                "/_simulator/faults",
                "[{\"action\": \"CreateImage\", \"where\": {\"InstanceId\": \"" + id + "\"}, \"times\": 1,"
                        + " \"error\": {\"code\": \"InvalidRequest\", \"message\": \"busy: ${Name}\"}},"
                        + " {\"action\": \"*\", \"always\": true, \"probability\": 0.5, \"throttle\": true}]");

        JsonNode pending = json(http.get("/_simulator/faults"));
        assertThat(pending).hasSize(2);
        assertThat(pending.get(0).get("where").get("InstanceId").asText()).isEqualTo(id);
        assertThat(pending.get(1).get("always").asBoolean()).isTrue();
        assertThat(messageOf(() -> aws.createImage(id, "image"))).isEqualTo("busy: image");
        assertThat(json(http.get("/_simulator/faults"))).hasSize(1);
        assertThat(http.delete("/_simulator/faults")).startsWith("HTTP/1.1 200");
        assertThat(aws.simulator().faults().pending()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"CreateImage\",\"times\":1,\"throttle\":true}",
                "{\"action\":\"CreateImage\",\"times\":2,\"deny\":true}",
                "{\"action\":\"CreateImage\",\"times\":1,\"loseReply\":true}",
                "{\"action\":\"CreateImage\",\"times\":1,\"loseRequest\":true}",
                "{\"action\":\"CreateImage\",\"skip\":3,\"times\":1,\"serverError\":\"after\"}",
                "{\"action\":\"CreateImage\",\"times\":1,\"serverError\":\"before\"}",
                "{\"action\":\"CreateImage\",\"times\":1,\"imageFails\":\"reason\"}",
                "{\"action\":\"CreateImage\",\"times\":1,\"imageState\":\"invalid\"}",
                "{\"action\":\"CreateImage\",\"times\":1,\"slowSeconds\":90.0,\"neverBack\":true}",
                "{\"action\":\"DeregisterImage\",\"times\":1,\"snapshotDeleteResult\":\"skipped\"}",
                "{\"action\":\"SendCommand\",\"times\":1,\"commandEnds\":\"Undeliverable\"}",
                "{\"action\":\"PutEvents\",\"times\":1,\"entryFails\":{\"code\":\"InternalFailure\",\"message\":\"m\"}}"
            })
    void writesFaultsAsItReadsThem(String fault) {
        JsonNode answer = json(http.post("/_simulator/faults", fault));

        assertThat(answer).hasSize(1);
        assertThat(answer.get(0)).isEqualTo(parse(fault));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"action\":\"CreateImage\",\"thottle\":true} | unknown field thottle",
                "{\"throttle\":true} | action is missing",
                "{\"action\":\"CreateImage\"} | the fault has no effect",
                "{\"action\":\"CreateImage\",\"times\":\"six\",\"throttle\":true} | times is a whole number from 1",
                "{\"action\":\"CreateImage\",\"throttle\":1} | throttle is true or false",
                "{\"action\":\"CreateImage\",\"where\":7,\"throttle\":true} | where is an object",
                "{\"action\":\"CreateImage\",\"where\":{\"Name\":7},\"throttle\":true} | where.Name is a text",
                "{\"action\":\"CreateImage\",\"probability\":2,\"throttle\":true} | probability: probability is above 0",
                "{\"action\":\"CreateImage\",\"error\":{\"cod\":\"x\"}} | unknown field error.cod",
                "{\"action\":\"CreateImage\",\"error\":\"x\"} | error is {",
                "{\"action\":\"CreateImage\",\"serverError\":true} | serverError is a text",
                "{\"action\":\"CreateImage\",\"serverError\":\"now\"} | serverError is",
                "{\"action\":\"CreateImage\",\"imageState\":\"broken\"} | imageState: ",
                "{\"action\":\"PutEvents\",\"entryFails\":{\"cod\":\"x\"}} | unknown field entryFails.cod",
                "{\"action\":\"PutEvents\",\"entryFails\":{\"message\":\"x\"}} | entryFails is {",
                "[{\"action\":\"A\",\"deny\":true},{\"action\":\"B\",\"x\":1}] | unknown field [1].x",
                "{\"action\": | the body is no JSON",
                "7 | a fault is a JSON object"
            })
    void namesTheFieldThatIsWrongAndAddsNothing(String body, String message) {
        String response = http.post("/_simulator/faults", body);

        assertThat(response).startsWith("HTTP/1.1 400").contains(message);
        assertThat(aws.simulator().faults().pending()).isEmpty();
    }

    @Test
    void showsTheWorld() {
        String id = aws.instance();
        aws.simulator()
                .ec2()
                .addImage(ImageSpec.named("image").sourceInstance(id).tag("k", "v"));

        JsonNode world = json(http.get("/_simulator/world"));

        assertThat(world.get("instances").get(0).get("instanceId").asText()).isEqualTo(id);
        assertThat(world.get("images").get(0).get("name").asText()).isEqualTo("image");
        assertThat(world.get("images").get(0).get("tags").get("k").asText()).isEqualTo("v");
        assertThat(StreamSupport.stream(world.get("snapshots").spliterator(), false)
                        .map(snapshot -> snapshot.get("state").asText()))
                .containsExactly("completed");
    }

    @Test
    void showsNodesCommandsLogsAndObjects() {
        String id = aws.instance();
        AwsSimulator simulator = aws.simulator();
        simulator.s3().createBucket("bucket");
        simulator.s3().put("bucket", "key", new byte[3]);
        simulator.logs().put("group", "stream", SimulatedAws.START, "message", Duration.ZERO);
        String sent = http.send(
                "POST",
                "/",
                "localhost",
                "X-Amz-Target: AmazonSSM.SendCommand\r\n",
                "{\"DocumentName\":\"AWS-RunShellScript\",\"InstanceIds\":[\"" + id
                        + "\"],\"Parameters\":{\"commands\":[\"true\"]},\"Comment\":\"note\"}");
        assertThat(sent).startsWith("HTTP/1.1 200");
        aws.passSeconds(10);

        JsonNode world = json(http.get("/_simulator/world"));

        JsonNode node = world.get("nodes").get(0);
        assertThat(node.get("instanceId").asText()).isEqualTo(id);
        assertThat(node.get("agent").asText()).isEqualTo("online");
        assertThat(node.get("pingStatus").asText()).isEqualTo("Online");
        JsonNode command = world.get("commands").get(0);
        assertThat(command.get("comment").asText()).isEqualTo("note");
        assertThat(command.get("invocations").get(0).get("status").asText()).isEqualTo("Success");
        assertThat(command.get("invocations").get(0).get("responseCode").asInt())
                .isZero();
        assertThat(world.get("logEvents").get("group").get("stream").asInt()).isEqualTo(1);
        assertThat(world.get("objectSizes").get("bucket").get("key").asInt()).isEqualTo(3);
    }

    @Test
    void changesAgents() {
        String id = aws.instance();
        for (String state : new String[] {"connectionLost", "stale", "absent", "online"}) {
            JsonNode answer = json(
                    http.post("/_simulator/agents", "{\"instanceId\": \"" + id + "\", \"state\": \"" + state + "\"}"));
            assertThat(answer.get(0).get("agent").asText()).isEqualTo(state);
        }
        assertThat(json(http.get("/_simulator/agents"))).hasSize(1);
        assertThat(http.post("/_simulator/agents", "{\"instanceId\": \"" + id + "\", \"state\": \"ill\"}"))
                .startsWith("HTTP/1.1 400")
                .contains("state is online");
        assertThat(http.post("/_simulator/agents", "{\"instanceId\": \"i-1\", \"state\": \"online\"}"))
                .startsWith("HTTP/1.1 404");
        assertThat(http.post("/_simulator/agents", "{\"instanceId\": \"" + id + "\"}"))
                .startsWith("HTTP/1.1 400")
                .contains("expected");
    }

    @Test
    void movesTheClock() {
        JsonNode answer = json(http.post("/_simulator/clock", "{\"advanceSeconds\": 90.5}"));

        assertThat(answer.get("now").asText()).isEqualTo("2026-01-15T03:01:30.500Z");
        assertThat(aws.simulator().clock().instant()).isEqualTo(SimulatedAws.START.plus(Duration.ofMillis(90_500)));
        assertThat(http.post("/_simulator/clock", "{\"advanceSeconds\": -1}")).startsWith("HTTP/1.1 400");
        assertThat(http.post("/_simulator/clock", "{\"seconds\": 1}")).startsWith("HTTP/1.1 400");
        assertThat(http.post("/_simulator/clock", "")).startsWith("HTTP/1.1 400");
    }

    @Test
    void refusesHostsThatOnlyResolveToThisMachineAndPagesInBrowsers() {
        assertThat(http.send("GET", "/_simulator/ledger", "evil.example", "", ""))
                .startsWith("HTTP/1.1 403");
        assertThat(http.send("GET", "/_simulator/ledger", "127.0.0.1.evil.example", "", ""))
                .startsWith("HTTP/1.1 403");
        assertThat(http.send("GET", "/_simulator/ledger", "localhost", "Origin: http://localhost\r\n", ""))
                .startsWith("HTTP/1.1 403");
        assertThat(http.send("GET", "/_simulator/ledger", "[::1]:4599", "", "")).startsWith("HTTP/1.1 200");
        assertThat(http.send("PUT", "/_simulator/faults", "localhost", "", "")).startsWith("HTTP/1.1 405");
    }

    @Test
    void answersActionsItDoesNotHaveAsAwsDoes() {
        assertThat(http.post("/", "Action=FlyToTheMoon&Version=2016-11-15"))
                .startsWith("HTTP/1.1 400")
                .contains("<Code>InvalidAction</Code>")
                .contains("The action FlyToTheMoon is not valid for this web service.");
        assertThat(codeOf(() -> aws.ec2().describeVolumes())).isEqualTo("InvalidAction");
        assertThat(http.post("/", "Action=DescribeImages&Version=1999-01-01")).contains("NoSuchVersion");
        assertThat(http.post("/", "Version=2016-11-15")).contains("MissingAction");
        assertThat(http.post("/", "Action=DescribeImages&Version=2016-11-15&X=%zz"))
                .contains("MalformedQueryString");
        assertThat(http.post("/", "Action=DescribeImages&Version=2016-11-15&X=%00"))
                .contains("InvalidParameterValue");
        assertThat(http.get("/?Action=DescribeRegions&Version=2016-11-15"))
                .startsWith("HTTP/1.1 200")
                .contains("ap-northeast-1");
        assertThat(http.get("/elsewhere")).startsWith("HTTP/1.1 404");
    }

    private static JsonNode json(String response) {
        assertThat(response).startsWith("HTTP/1.1 200");
        return parse(response.substring(response.indexOf("\r\n\r\n") + 4));
    }

    private static JsonNode parse(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
