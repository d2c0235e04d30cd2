package dev.appenv.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

public record NetworkSpec(VpcSpec vpc, @Nullable List<String> sshFrom) {}
