package io.jenkins.plugins.awsoperations.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsConsoleTest {

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, https://eu-central-1.console.aws.amazon.com/",
        "cn-north-1, https://cn-north-1.console.amazonaws.cn/",
        "us-gov-west-1, https://console.amazonaws-us-gov.com/"
    })
    void everyPartitionHasItsOwnConsole(String region, String address) {
        assertThat(AwsConsole.image(region, "ami-1"))
                .isEqualTo(address + "ec2/home?region=" + region + "#ImageDetails:imageId=ami-1");
        assertThat(AwsConsole.imagesWithTag(region, "a:b"))
                .isEqualTo(address + "ec2/home?region=" + region + "#Images:visibility=owned-by-me;tag-key=a:b");
    }
}
