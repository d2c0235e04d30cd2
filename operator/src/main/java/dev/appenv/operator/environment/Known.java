package dev.appenv.operator.environment;

import dev.appenv.operator.plan.Owner;

/** What this process holds of one environment between passes. */
record Known(
    Owner owner,
    StatusJournal journal,
    Breaker breaker,
    JustDone justDone,
    AppVariables variables) {}
