package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.MotoServer;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract, kept by moto with its own interpreter of state machines. It runs one execution only, and is reset between the
 * tests; it drops error and cause of a stop and does not implement redrives.
 */
class ExecutionContractMotoTest extends ExecutionContract {

    private static @Nullable MotoServer moto;

    @BeforeAll
    static void start() throws IOException {
        moto = MotoServer.start();
    }

    @AfterAll
    static void stop() {
        if (moto != null) {
            moto.close();
        }
    }

    @BeforeEach
    void reset() throws IOException, InterruptedException {
        post("/moto-api/reset", "application/json", "");
        post("/moto-api/config", "application/json", "{\"stepfunctions\": {\"execute_state_machine\": true}}");
    }

    @Override
    int speed() {
        return 1;
    }

    @Override
    URI endpoint(SimulatorClock clock) {
        return Objects.requireNonNull(moto).endpoint();
    }

    @Override
    boolean keepsTheCauseOfAStop() {
        return false;
    }

    /** A message in a queue, the only kind of such tasks that moto waits for. */
    @Override
    Map<String, Object> waitingTask(Map<String, Object> message) {
        try {
            post("/", "application/x-www-form-urlencoded", "Action=CreateQueue&QueueName=questions&Version=2012-11-05");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Map<String, Object> body = new LinkedHashMap<>(message);
        body.put("TaskToken.$", "$$.Task.Token");
        return Map.of(
                "Type",
                "Task",
                "Resource",
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "Parameters",
                Map.of("QueueUrl", endpoint(clock) + "/123456789012/questions", "MessageBody", body),
                "End",
                true);
    }

    private void post(String path, String type, String body) throws IOException, InterruptedException {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        Objects.requireNonNull(moto).endpoint().resolve(path))
                                .header("Content-Type", type)
                                .header(
                                        "Authorization",
                                        "AWS4-HMAC-SHA256 Credential=AKIATEST/20261123/ap-northeast-1/sqs/aws4_request, SignedHeaders=host, Signature=0")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding());
    }
}
