package dev.appenv.operator.git;

/** One repository and the way in. */
public record GitRepository(String url, GitAccess access) {}
