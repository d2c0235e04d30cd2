package dev.appenv.operator.aws.call;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The credentials of a role that is assumed: those of the session of who calls. A session is begun
 * with its first call, goes on for an hour, and is forgotten when nobody called in it for as long.
 */
final class RoleSessions implements AwsCredentialsProvider {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST = 20_000;

  private final Session shared;
  private final LoadingCache<Session, StsAssumeRoleCredentialsProvider> sessions;

  /**
   * @param shared the session of calls that are not made for one environment
   */
  RoleSessions(String roleArn, SdkClients.Access access, StsClient sts, Session shared) {
    this.shared = shared;
    this.sessions =
        Caffeine.newBuilder()
            .expireAfterAccess(HOUR)
            .maximumSize(MOST)
            .build(session ->
                StsAssumeRoleCredentialsProvider.builder()
                    .stsClient(sts)
                    .refreshRequest(r ->
                        r.roleArn(roleArn)
                            .externalId(access.externalId())
                            .roleSessionName(session.name()))
                    .build());
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return sessions.get(Session.current(shared)).resolveCredentials();
  }
}
