package dev.appenv.api;

import java.util.List;

/** What is still to be done. Absent when live equals desired. */
public record PlanStatus(String hash, List<String> changes) {}
