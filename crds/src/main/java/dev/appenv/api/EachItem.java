package dev.appenv.api;

import io.fabric8.generator.annotation.ValidationRule;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Rules for every item of a list, so that a user reads which one is wrong. The generator's own
 * annotation is about the list as a whole.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface EachItem {
  ValidationRule[] value();
}
