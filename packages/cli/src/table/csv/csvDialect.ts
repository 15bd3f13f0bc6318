// The dialect of a CSV file: the lines before its header, its delimiter, and the names of its columns.
import { type CsvDialect, CsvError, csvDialect } from "downhill";
import { DataError } from "../../errors/errors.ts";
import { firstBytes } from "../files/compression.ts";
import type { PlainFile } from "../files/plainFile.ts";
import type { CsvOptions } from "../files/source.ts";

const TOP_BYTES = 1 << 20; // enough for the header and some rows

/**
 * Finds the dialect of a CSV file from its first megabyte.
 *
 * @throws DataError for a file that has no header
 */
export function readDialect(
  command: string,
  { path, name }: Pick<PlainFile, "path" | "name">,
  { delimiter, header }: Pick<CsvOptions, "delimiter" | "header"> = {},
): CsvDialect {
  const bytes = firstBytes(path, TOP_BYTES);
  try {
    return csvDialect(bytes.toString("utf8"), {
      ...{ name, isStart: bytes.length === TOP_BYTES },
      ...(delimiter !== undefined && { delimiter }),
      ...(header !== undefined && { header }),
    });
  } catch (error) {
    throw error instanceof CsvError ? new DataError(`${command}: ${error.what}. ${adviceFor(error)}`) : error;
  }
}

function adviceFor({ fault, lines: [line, headerLine] }: CsvError): string {
  switch (fault) {
    case "title":
      return (
        `If line ${headerLine} is the header, remove the lines before it; if line ${line} is the header, set the character between ` +
        `the cells, as in --delimiter ";", or correct the lines from line ${headerLine}.`
      );
    case "row":
      return "If it is a row, add --no-header, which names the columns c1, c2 and so on; if it contains the names, add --header.";
    case "empty":
      return "Use a file with a header and rows.";
    default:
      return "Add a line with names, or add --no-header, which names the columns c1, c2 and so on.";
  }
}
