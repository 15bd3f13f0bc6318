// Options that several commands have.
import { oneOf, parsed, toggle } from "./option.ts";
import { delimiter, encodingName, oneCharacter } from "./values.ts";

/** The options of every command that reads DATA. */
export const readingOptions = {
  format: oneOf("<kind>", "format of standard input, if DATA is - (default: depends on the content)", [
    "csv",
    "tsv",
    "json",
    "parquet",
  ] as const),
  encoding: parsed(
    "<name>",
    "encoding of a text file, such as windows-1252 or shift_jis (default: UTF-8, UTF-16, or Windows-1252 if it is not UTF-8)",
    encodingName,
  ),
  delimiter: parsed(
    "<char>",
    "character between the cells of a CSV file, or tab (default: depends on the content)",
    delimiter,
  ),
  comment: parsed("<char>", "skip the lines of a CSV file that begin with this character, such as #", oneCharacter),
  header: toggle("the first line of a CSV file contains the names of the columns (default)", {
    helpOff: "the first line of a CSV file is a row; the columns are named c1, c2 and so on",
  }),
} as const;
