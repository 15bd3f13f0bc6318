// Recognises files that this command wrote, by their first lines.
import { closeSync, openSync, readSync } from "node:fs";

export type OutputKind = "model" | "report" | "predictions" | "gallery";

/** The text in the head of a page that names the command that made it. */
export const pageMarks = { report: "downhill train", gallery: "downhill gallery" } as const;

const BYTES = 4096;

const isPage = (kind: keyof typeof pageMarks, text: string): boolean =>
  new RegExp(`<meta name="generator" content="${pageMarks[kind]}" ?/?>`).test(text);

const tests: Readonly<Record<OutputKind, (text: string) => boolean>> = {
  model: (text) => /^\{"format":"downhill (model|file)"/.test(text),
  report: (text) => isPage("report", text),
  predictions: (text) =>
    /^([^\n]*[,\t])?prediction(\r?\n|[,\t]"?probability_)/.test(text) ||
    /^\[\s*\{([^\n]*,)?"prediction":[^\n,]*(\}|,"probability_)/.test(text),
  gallery: (text) => isPage("gallery", text),
};

/** Whether a file is an output of this kind, or is empty. */
export function isOwnFile(path: string, kind: OutputKind): boolean {
  const buffer = Buffer.alloc(BYTES);
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return false; // the file cannot be read
  }
  try {
    const count = readSync(file, buffer, 0, BYTES, 0);
    return count === 0 || tests[kind](buffer.toString("utf8", 0, count));
  } finally {
    closeSync(file);
  }
}
