package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A DNS record that a person has to set. */
public record RecordToSetStatus(
    @JsonPropertyDescription("A, CNAME, MX or TXT.") String type,
    @JsonPropertyDescription("Full name of the record, such as shop.example.com.") String name,
    @JsonPropertyDescription("What it has to say.") String value,
    @JsonPropertyDescription("What it is for.") String purpose) {}
