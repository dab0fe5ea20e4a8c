/** From an account description to paced AWS clients: credentials, errors in words, request buckets, shared reads. */
@NullMarked
package io.jenkins.plugins.awsoperations.aws;

import org.jspecify.annotations.NullMarked;
