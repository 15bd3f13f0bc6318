// What a file contains, by its first bytes. Files often have a wrong ending, and some are no tables at all.
import type { FileKind } from "./source.ts";

/** Advice on a file that is no table. */
export interface NoTable {
  readonly contents: string;
  readonly advice: string;
}

const spreadsheet =
  "Open it in the spreadsheet program, save the sheet as CSV (File > Save as), and pass the new file.";
const unpack = (program: string) => `Unpack it (${program}), and pass the table that is in it.`;
const convert = "Convert it to CSV, Parquet or JSON with the program that wrote it.";
const noTable = "Pass the table itself, as a CSV, Parquet or JSON file.";

const starts: readonly (readonly [start: string | readonly number[], contents: string, advice: string])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook or another Office document", spreadsheet],
  ["%PDF", "a PDF document", "Copy the table into a spreadsheet program, and save it as CSV."],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG picture", noTable],
  [[0xff, 0xd8, 0xff], "a JPEG picture", noTable],
  ["GIF8", "a GIF picture", noTable],
  ["BZh", "data that are compressed by bzip2", unpack("bunzip2 FILE")],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "data that are compressed by xz", unpack("unxz FILE")],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27], "a 7-Zip archive", unpack("7z x FILE")],
  ["Rar!", "a RAR archive", unpack("unrar x FILE")],
  [
    "SQLite format 3",
    "a SQLite database",
    'Export a table: sqlite3 -csv -header FILE "SELECT * FROM name" > data.csv.',
  ],
  ["PARE", "an encrypted Parquet file", "Write it again without encryption."],
  ["ARROW1", "an Arrow (Feather) file", convert],
  ["FEA1", "a Feather file", convert],
  ["ORC", "an ORC file", convert],
  ["Obj\u0001", "an Avro file", convert],
  [[0x89, 0x48, 0x44, 0x46], "an HDF5 file", convert],
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], "a NumPy array", convert],
  ["version https://git-lfs", "only a pointer of Git LFS, not the table", "Run git lfs pull to get the table."],
];

const zipped: readonly (readonly [pattern: RegExp, contents: string, advice: string])[] = [
  [/\bxl\/|\[Content_Types\]\.xml(?!.*\bword\/)/s, "an Excel workbook", spreadsheet],
  [/opendocument\.spreadsheet|Index\/Document\.iwa/, "a spreadsheet", spreadsheet],
];

/** What a file contains that is no table; undefined for text, Parquet and compressed data. */
export function noTableIn(bytes: Buffer): NoTable | undefined {
  if (bytes.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"))) {
    const text = bytes.toString("latin1");
    const found = zipped.find(([pattern]) => pattern.test(text));
    return found === undefined
      ? { contents: "a ZIP archive", advice: unpack("unzip FILE") }
      : { contents: found[1], advice: found[2] };
  }
  const known = starts.find(([start]) => {
    const first = typeof start === "string" ? Buffer.from(start, "latin1") : Buffer.from(start);
    return bytes.subarray(0, first.length).equals(first);
  });
  if (known !== undefined) return { contents: known[1], advice: known[2] };
  if (/^\ufeff?\s*<(!doctype html|html|\?xml)/i.test(bytes.subarray(0, 200).toString())) {
    return {
      contents: "a web page or XML",
      advice: "Download the table itself; a page that shows it often has a link named Raw or Download.",
    };
  }
  return undefined;
}

/**
 * The kind of a table that its first bytes show: Parquet, or records in JSON, or text that cannot be of the kind of its name.
 * Otherwise it is the named kind.
 */
export function kindOf(bytes: Buffer, named: FileKind | undefined): FileKind | undefined {
  if (bytes.subarray(0, 4).toString("latin1") === "PAR1") return "parquet";
  const text = bytes.subarray(0, 100).toString();
  if (/^\ufeff?\s*(\[\s*)?\{\s*("|\})/.test(text)) return "json";
  if (bytes.includes(0)) return named; // not text in ASCII: damaged, or text in UTF-16
  const isOther = named === "parquet" || (named === "json" && !/^\ufeff?\s*[[{]/.test(text));
  return isOther ? "csv" : named;
}
