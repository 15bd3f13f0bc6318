// Recognises files that this command wrote, by their first lines.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parquetMark } from "../table/writeParquet.ts";
import { checkpointStart } from "./checkpointStart.ts";

export type OutputKind =
  | "model"
  | "report"
  | "predictions"
  | "recommendations"
  | "export"
  | "gallery"
  | "inspection"
  | "lab"
  | "checkpoint";

/** The text in the head of a page that names the command that made it. */
export const pageMarks = {
  report: "downhill train",
  gallery: "downhill gallery",
  inspection: "downhill inspect",
  lab: "downhill lab",
} as const;

const BYTES = 4096;

/** How the files of `downhill export` begin: a module, its types, SQL, ONNX (the version of the format, and the producer), and JSON. */
const exportStarts = [
  "// A model of downhill",
  "// The types of a model of downhill",
  "-- A model of downhill",
  "\u0008\u0008\u0012\u0008downhill",
  ...["linear", "poisson", "logistic", "softmax", "svm"].map((kind) => `{\n  "kind": "${kind}",\n  "classes":`),
];

const isPage = (kind: keyof typeof pageMarks, text: string): boolean =>
  new RegExp(`<meta name="generator" content="${pageMarks[kind]}" ?/?>`).test(text);

const tests: Readonly<Record<Exclude<OutputKind, "predictions">, (text: string) => boolean>> = {
  model: (text) => /^\{"format":"downhill (model|file)"/.test(text),
  report: (text) => isPage("report", text),
  export: (text) => exportStarts.some((start) => text.startsWith(start)),
  recommendations: (text) => /^(user[,\t]rank[,\t]item[,\t]|\[\n(\]|\{"user":.*"rank":))/.test(text),
  gallery: (text) => isPage("gallery", text),
  checkpoint: (text) => text.startsWith(checkpointStart),
  inspection: (text) => isPage("inspection", text),
  lab: (text) => isPage("lab", text),
};

/**
 * Whether a file is an output of this kind, or is empty.
 *
 * @param heads  the texts with which a file of predictions begins, up to the end of a name
 */
export function isOwnFile(path: string, kind: OutputKind, heads: readonly string[] = []): boolean {
  const test = kind === "predictions" ? (text: string) => beginsWith(text, heads) : tests[kind];
  const buffer = Buffer.alloc(BYTES);
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return false; // the file cannot be read
  }
  try {
    const count = readSync(file, buffer, 0, BYTES, 0);
    if (count === 0 || test(buffer.toString("utf8", 0, count))) return true;
    return buffer.toString("latin1", 0, 4) === "PAR1" && hasParquetMark(file, kind);
  } finally {
    closeSync(file);
  }
}

/** Whether the metadata at the end of a Parquet file say that downhill wrote it. */
function hasParquetMark(file: number, kind: OutputKind): boolean {
  const { size } = fstatSync(file);
  const buffer = Buffer.alloc(Math.min(size, 1 << 20));
  readSync(file, buffer, 0, buffer.length, size - buffer.length);
  const at = buffer.lastIndexOf(parquetMark);
  return (
    at >= 0 &&
    buffer
      .toString("latin1", at + parquetMark.length)
      .slice(0, 30)
      .includes(kind)
  );
}

/** Whether a text begins with one of the heads: the names of a header, or the first key of a JSON record. */
const beginsWith = (text: string, heads: readonly string[]): boolean =>
  heads.some((head) => {
    if (!text.startsWith(head)) return false;
    if (head.endsWith(":")) return text.includes('"prediction":');
    return /^(\r?\n|[,\t]"?probability_)/.test(text.slice(head.length));
  });
