package dev.appenv.e2e.api;

import dev.appenv.e2e.project.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows of tables in a Markdown file, below the heading that says what they are about. */
record Table(Path file, List<String> lines) {
  private static final String CELL_END = " | ";

  /**
   * @param patch a YAML flow mapping
   * @param answer what the user reads; empty until it is written by the test
   */
  record Row(String heading, String name, String patch, String answer) {
    String text() {
      return "| " + name + CELL_END + "`" + patch + "`" + CELL_END + answer + " |";
    }
  }

  static Table read(String path) {
    try {
      var file = Repository.file(path);
      return new Table(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Row> rows() {
    var rows = new ArrayList<Row>();
    eachLine(row -> {
      rows.add(row);
      return row;
    });
    return rows;
  }

  /** Writes each row anew, and all other lines as they were. */
  void rewrite(UnaryOperator<Row> change) {
    try {
      Files.write(file, eachLine(change));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> eachLine(UnaryOperator<Row> change) {
    var written = new ArrayList<String>();
    var heading = "";
    for (var line : lines) {
      if (line.startsWith("## ")) heading = line.substring(3);
      written.add(line.contains("| `") ? change.apply(row(heading, line)).text() : line);
    }
    return written;
  }

  private static Row row(String heading, String line) {
    var cells = line.substring(2, line.length() - 2).split(" \\| ", 3);
    var patch = cells[1].substring(1, cells[1].length() - 1);
    return new Row(heading, cells[0], patch, cells.length > 2 ? cells[2].strip() : "");
  }
}
