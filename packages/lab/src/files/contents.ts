// What a file contains, by its first bytes. Files often have a wrong ending, and some are no tables at all.

/** The contents of a file that is not text. */
export type Contents =
  | { readonly kind: "parquet" }
  | { readonly kind: "other"; readonly name: string; readonly advice: string };

const spreadsheet =
  "Open it in the spreadsheet program, save the sheet as CSV (File > Save as), and choose the new file.";
const unpack = "Unpack it, and choose the table that is in it.";
const convert = "Convert it to CSV or Parquet with the program that wrote it.";
const itself = "Choose the table itself, as a CSV or Parquet file.";

const starts: readonly (readonly [start: string, name: string, advice: string])[] = [
  ["\xd0\xcf\x11\xe0", "an old Excel workbook or another Office document", spreadsheet],
  ["%PDF", "a PDF document", "Copy the table into a spreadsheet program, and save it as CSV."],
  ["\x89PNG", "a PNG picture", itself],
  ["\xff\xd8\xff", "a JPEG picture", itself],
  ["GIF8", "a GIF picture", itself],
  ["\x1f\x8b", "compressed by gzip", "Unpack it (gunzip FILE), or train on it with downhill train, which reads it."],
  [
    "\x28\xb5\x2f\xfd",
    "compressed by Zstandard",
    "Unpack it (unzstd FILE), or train on it with downhill train, which reads it.",
  ],
  ["BZh", "compressed by bzip2", unpack],
  ["\xfd7zXZ", "compressed by xz", unpack],
  ["7z\xbc\xaf", "a 7-Zip archive", unpack],
  ["Rar!", "a RAR archive", unpack],
  ["SQLite format 3", "a SQLite database", "Export a table as CSV."],
  ["PARE", "an encrypted Parquet file", "Write it again without encryption."],
  ["ARROW1", "an Arrow (Feather) file", convert],
  ["FEA1", "a Feather file", convert],
  ["ORC", "an ORC file", convert],
  ["\x89HDF", "an HDF5 file", convert],
  ["\x93NUMPY", "a NumPy array", convert],
];

/** The contents of a file; null for text. */
export function contentsOf(bytes: Uint8Array): Contents | null {
  const first = letters(bytes.subarray(0, 4000));
  if (first.startsWith("PAR1")) return { kind: "parquet" };
  if (first.startsWith("PK\x03\x04")) {
    const all = first + letters(bytes.subarray(-4000));
    if (/xl\/|\[Content_Types\]\.xml(?!.*word\/)/s.test(all)) return other("an Excel workbook", spreadsheet);
    return /opendocument\.spreadsheet/.test(all) ? other("a spreadsheet", spreadsheet) : other("a ZIP archive", unpack);
  }
  const known = starts.find(([start]) => first.startsWith(start));
  if (known !== undefined) return other(known[1], known[2]);
  if (/^(\xef\xbb\xbf)?\s*<(!doctype html|html|\?xml)/i.test(first)) {
    return other(
      "a web page or XML",
      "Download the table itself; a page that shows it often has a link named Raw or Download.",
    );
  }
  if (/^(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*("|\})/.test(first)) {
    return other("JSON", "Convert it to CSV, or train on it with downhill train, which reads it.");
  }
  return null;
}

const other = (name: string, advice: string): Contents => ({ kind: "other", name, advice });

const letters = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
