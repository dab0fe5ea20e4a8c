package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.errorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

class S3ApiTest {

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.scripted();

    @Test
    void answersAnObjectWithWhatBelongsToIt() {
        put("dir/a b+c\u3042", "0123456789");

        ResponseBytes<GetObjectResponse> object = get("dir/a b+c\u3042", null);

        assertThat(object.asUtf8String()).isEqualTo("0123456789");
        assertThat(object.response().contentLength()).isEqualTo(10);
        assertThat(object.response().eTag()).matches("\"[0-9a-f]{32}\"");
        assertThat(object.response().lastModified()).isEqualTo(SimulatedAws.START);
        HeadObjectResponse head = aws.s3().headObject(r -> r.bucket("bucket").key("dir/a b+c\u3042"));
        assertThat(head.contentLength()).isEqualTo(10);
        assertThat(head.eTag()).isEqualTo(object.response().eTag());
    }

    @Test
    void answersPartsOfAnObject() {
        put("key", "0123456789");

        assertThat(get("key", "bytes=2-4").asUtf8String()).isEqualTo("234");
        assertThat(get("key", "bytes=2-4").response().contentRange()).isEqualTo("bytes 2-4/10");
        assertThat(get("key", "bytes=7-").asUtf8String()).isEqualTo("789");
        assertThat(get("key", "bytes=8-100").asUtf8String()).isEqualTo("89");
        assertThat(get("key", "bytes=-3").asUtf8String()).isEqualTo("789");
        assertThat(get("key", "lines=1-2").asUtf8String()).isEqualTo("0123456789");
        AwsServiceException beyond = errorOf(() -> get("key", "bytes=10-"));
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.awsErrorDetails().errorCode()).isEqualTo("InvalidRange");
        assertThat(aws.simulator().ledger().calls("GetObject"))
                .last()
                .satisfies(call -> assertThat(call.parameters())
                        .containsEntry("Bucket", "bucket")
                        .containsEntry("Key", "key")
                        .containsEntry("Range", "bytes=10-"));
    }

    @Test
    void answersAnEmptyObject() {
        put("empty", "");

        assertThat(get("empty", null).asByteArray()).isEmpty();
        assertThat(errorOf(() -> get("empty", "bytes=0-")).statusCode()).isEqualTo(416);
    }

    @Test
    void saysWhetherTheBucketOrTheKeyIsMissing() {
        assertThat(codeOf(() -> get("key", null))).isEqualTo("NoSuchBucket");
        aws.simulator().s3().createBucket("bucket");
        assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> get("key", null));
        assertThat(errorOf(() -> aws.s3().headObject(r -> r.bucket("bucket").key("key")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(codeOf(() -> aws.s3().listObjects(r -> r.bucket("bucket")))).isEqualTo("NotImplemented");
    }

    @Test
    void throttlesDeniesAndFailsAsS3Does() {
        put("key", "x");
        Faults faults = aws.simulator().faults();
        faults.add(Fault.on("GetObject").where("Key", "key").throttle());
        faults.add(Fault.on("GetObject").deny());
        faults.add(Fault.on("GetObject").serverError(false));
        faults.add(Fault.on("GetObject").loseReply());

        AwsServiceException throttled = errorOf(() -> get("key", null));
        assertThat(throttled.statusCode()).isEqualTo(503);
        assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
        AwsServiceException denied = errorOf(() -> get("key", null));
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(errorOf(() -> get("key", null)).statusCode()).isEqualTo(500);
        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> get("key", null));
        assertThat(aws.simulator().ledger().calls())
                .extracting(Call::service, Call::outcome)
                .containsExactly(
                        tuple("s3", "SlowDown"),
                        tuple("s3", "AccessDenied"),
                        tuple("s3", "InternalError"),
                        tuple("s3", "REPLY_LOST"));
    }

    @Test
    void holdsTheOutputOfACommandThatAskedForIt() {
        aws.simulator().s3().createBucket("bucket");
        String node = aws.node();
        aws.simulator().ssm().agent(node).script(command -> NodeOutcome.exit(0).stdout("all of it"));

        String id = aws.send(node, r -> r.outputS3BucketName("bucket").outputS3KeyPrefix("jobs/nightly"), "x");
        aws.passSeconds(3);

        String directory = "jobs/nightly/" + id + "/" + node + "/awsrunShellScript/0.awsrunShellScript/";
        assertThat(get(directory + "stdout", null).asUtf8String()).isEqualTo("all of it");
        assertThat(codeOf(() -> get(directory + "stderr", null)))
                .as("nothing was written to standard error")
                .isEqualTo("NoSuchKey");
        GetCommandInvocationResponse ended = aws.invocation(id, node);
        assertThat(ended.standardOutputUrl())
                .isEqualTo("https://s3.ap-northeast-1.amazonaws.com/bucket/" + directory + "stdout");
        assertThat(aws.simulator().s3().object("bucket", directory + "stdout")).hasSize(9);
    }

    private void put(String key, String content) {
        aws.simulator().s3().createBucket("bucket");
        aws.simulator().s3().put("bucket", key, content.getBytes(StandardCharsets.UTF_8));
    }

    private ResponseBytes<GetObjectResponse> get(String key, String range) {
        return aws.s3().getObjectAsBytes(r -> r.bucket("bucket").key(key).range(range));
    }
}
