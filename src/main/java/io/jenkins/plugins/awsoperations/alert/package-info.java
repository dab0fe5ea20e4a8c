/** sendFailEvent: tells EventBridge that something failed, so that its rules alert the right people. */
@NullMarked
package io.jenkins.plugins.awsoperations.alert;

import org.jspecify.annotations.NullMarked;
