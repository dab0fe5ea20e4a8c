package io.jenkins.plugins.awsoperations.simulator.s3;

import io.jenkins.plugins.awsoperations.simulator.s3.S3World.StoredObject;
import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.Blob;
import io.jenkins.plugins.awsoperations.simulator.wire.CallFacts;
import io.jenkins.plugins.awsoperations.simulator.wire.WireReply;
import io.jenkins.plugins.awsoperations.simulator.wire.WireRequest;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** GetObject and HeadObject. Errors: S3 API reference, "Error responses". */
record ObjectRequest(
        S3World world,
        Account account,
        String method,
        String bucket,
        String key,
        @Nullable String range) implements WireRequest {

    // RFC 9110, section 5.6.7.
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public String service() {
        return "s3";
    }

    @Override
    public String action() {
        return switch (method) {
            case "GET" -> key.isEmpty() ? "ListObjects" : "GetObject";
            case "HEAD" -> key.isEmpty() ? "HeadBucket" : "HeadObject";
            default -> method;
        };
    }

    @Override
    public Map<String, String> parameters() {
        SortedMap<String, String> parameters = new TreeMap<>();
        parameters.put("Bucket", bucket);
        if (!key.isEmpty()) {
            parameters.put("Key", key);
        }
        if (range != null) {
            parameters.put("Range", range);
        }
        return parameters;
    }

    @Override
    public void check() {
        if (!world.exists(bucket)) {
            throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
        }
        if (!action().equals("GetObject") && !action().equals("HeadObject")) {
            throw new AwsError(
                    "NotImplemented", "A header you provided implies functionality that is not implemented", 501);
        }
    }

    @Override
    public Acted act(CallFacts facts, String requestId) {
        return new Acted(reply(new ObjectCall(facts), requestId), null);
    }

    private WireReply reply(ObjectCall call, String requestId) {
        if (call.denied()) {
            String arn = "\"arn:aws:s3:::" + bucket + '/' + key + '"';
            throw new AwsError("AccessDenied", account.denial(call, "s3:GetObject", arn), 403);
        }
        StoredObject object = world.stored(bucket, key);
        if (object == null) {
            throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
        }
        long length = object.content().length();
        ByteRange part = ByteRange.of(range, length);
        Map<String, String> headers = headers(object, requestId);
        if (part == null) {
            return new WireReply(200, headers, object.content(), requestId);
        }
        if (part.isBeyond(length)) {
            throw new AwsError("InvalidRange", "The requested range is not satisfiable", 416);
        }
        headers.put("Content-Range", "bytes " + part.first() + '-' + part.last() + '/' + length);
        return new WireReply(206, headers, new Part(object.content(), part), requestId);
    }

    private Map<String, String> headers(StoredObject object, String requestId) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "binary/octet-stream");
        headers.put("Accept-Ranges", "bytes");
        headers.put("Last-Modified", HTTP_DATE.format(object.modifiedAt()));
        headers.put("ETag", '"' + etag(object) + '"');
        headers.put("x-amz-request-id", requestId);
        return headers;
    }

    /** Another one for each version of an object; it need not be a digest of the content (S3 API reference, Object). */
    private String etag(StoredObject object) {
        String version = bucket
                + '/'
                + key
                + ' '
                + object.modifiedAt()
                + ' '
                + object.content().length();
        return UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    @Override
    public AwsError expired() {
        return AwsError.badRequest("ExpiredToken", "The provided token has expired.");
    }

    @Override
    public AwsError throttled() {
        return new AwsError("SlowDown", "Please reduce your request rate.", 503);
    }

    @Override
    public AwsError internalError() {
        return new AwsError("InternalError", "We encountered an internal error. Please try again.", 500);
    }

    @Override
    public WireReply failure(AwsError error, String requestId) {
        XmlBody xml = new XmlBody()
                .open("Error")
                .text("Code", error.code())
                .text("Message", String.valueOf(error.getMessage()))
                .text("BucketName", bucket)
                .text("Key", key)
                .text("RequestId", requestId)
                .close("Error");
        return new WireReply(
                error.status(),
                Map.of("Content-Type", "application/xml", "x-amz-request-id", requestId),
                Blob.of("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml),
                requestId);
    }
}
