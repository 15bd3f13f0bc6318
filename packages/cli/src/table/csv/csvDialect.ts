// The dialect of a CSV file: the lines before its header, its delimiter, and the names of its columns.
import { type CsvDialect, type CsvFault, csvDialect } from "downhill";
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
  const dialect = csvDialect(bytes.toString("utf8"), {
    ...{ name, isStart: bytes.length === TOP_BYTES },
    ...(delimiter !== undefined && { delimiter }),
    ...(header !== undefined && { header }),
  });
  if ("fault" in dialect) throw new DataError(`${command}: ${dialect.text}. ${adviceFor(dialect)}`);
  return dialect;
}

function adviceFor({ fault, title }: CsvFault): string {
  if (title !== undefined) {
    const { line, cells, headerLine } = title;
    const other =
      cells === 1
        ? 'set the character between the cells, as in --delimiter ";"'
        : `correct the lines from line ${headerLine}`;
    return `If line ${headerLine} is the header, remove the lines before it; if line ${line} is the header, ${other}.`;
  }
  if (fault === "row") {
    return "If it is a row, add --no-header, which names the columns c1, c2 and so on; if it contains the names, add --header.";
  }
  if (fault === "empty") return "Use a file with a header and rows.";
  return "Add a line with names, or add --no-header, which names the columns c1, c2 and so on.";
}
