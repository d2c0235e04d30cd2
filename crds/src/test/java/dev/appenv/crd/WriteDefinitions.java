package dev.appenv.crd;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AwsAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Run in every build. Puts the definitions into the folder that is named, and fails the build when
 * one of them was not up to date: what is committed is what the types say, and who changes a type
 * sees what that does to the schema.
 */
public final class WriteDefinitions {
  private WriteDefinitions() {}

  public static void main(String[] args) throws IOException {
    var folder = Path.of(args[0]);
    Files.createDirectories(folder);
    var stale = new ArrayList<Path>();
    for (var resource : List.of(AppEnvironment.class, AwsAccount.class)) {
      var definition = new Definition(resource);
      var file = folder.resolve(definition.fileName());
      if (Files.exists(file) && Files.readString(file).equals(definition.yaml())) continue;
      Files.writeString(file, definition.yaml());
      stale.add(file);
    }
    if (!stale.isEmpty())
      throw new IllegalStateException(
          "The Java types have changed, and these files did not yet say so. They are written"
              + " now: look at the difference, commit it, and build again. "
              + stale);
  }
}
