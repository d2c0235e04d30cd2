package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

public record AppEnvironmentSpec(
    @JsonPropertyDescription("Where the application comes from: one branch of a Git repository.")
        SourceSpec source,
    @JsonPropertyDescription("The AWS account and region of everything that is created.")
        AwsSpec aws,
    @JsonPropertyDescription("The network that the machine is in, and who may log in to it.")
        NetworkSpec network,
    @JsonPropertyDescription("The machine (an EC2 instance) that runs the application.")
        InstanceSpec instance,
    @JsonPropertyDescription(
            "A PostgreSQL database (Amazon RDS) that only the machine can reach; the application"
                + " finds it in DATABASE_URL. Left out: there is none.")
        @Nullable DatabaseSpec database,
    @JsonPropertyDescription(
            "A bucket (S3) for the application's files. Its name and region are told to the"
                + " application as S3_BUCKET and S3_REGION. Left out: there is none.")
        @Nullable BucketSpec bucket,
    @JsonPropertyDescription(
            "A cache (Amazon ElastiCache) that only the machine reaches. The application finds it by"
                + " REDIS_URL. Taken away from here, it is deleted; its data stay in a snapshot"
                + " unless lifecycle.deletionPolicy is Delete.")
        @Nullable CacheSpec cache,
    @JsonPropertyDescription(
            "Mail (Amazon SES): the application sends from one address by SMTP, and finds all that it"
                + " needs in SMTP_HOST and the like. Left out: it sends none.")
        @Nullable EmailSpec email,
    @JsonPropertyDescription("How a new commit is brought onto the machine.")
        @Nullable ReleaseSpec release,
    @JsonPropertyDescription("Which service answers requests from outside.") IngressSpec ingress,
    @JsonPropertyDescription(
            "What is done when something differs from this specification that nobody asked for.")
        @Nullable DriftSpec drift,
    @JsonPropertyDescription("What becomes of everything in AWS when this object is deleted.")
        @Nullable LifecycleSpec lifecycle,
    @JsonPropertyDescription(
            "Manual: what deletes or replaces something in AWS waits until the annotation"
                + " appenv.dev/approve has the value of status.plan.approval. Deleting this"
                + " object needs no approval. Default: Automatic.")
        @Nullable ApprovalPolicy approval,
    @JsonPropertyDescription(
            "true stops all changes in AWS and on the machine; what differs is still reported."
                + " Default: false.")
        @Nullable Boolean suspend) {}
