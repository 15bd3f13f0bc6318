// Whether a file is one that this command wrote, as its first lines tell.
import { closeSync, openSync, readSync } from "node:fs";

export type OutputKind = "model" | "report" | "predictions" | "gallery";

/** Says in the head of a page that the command made it, and of which kind it is. */
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

/** Whether a file's first lines are those of an output of the kind; an empty file may be any. */
export function isOwnFile(path: string, kind: OutputKind): boolean {
  const buffer = Buffer.alloc(BYTES);
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return false; // what cannot be read cannot be known
  }
  try {
    const count = readSync(file, buffer, 0, BYTES, 0);
    return count === 0 || tests[kind](buffer.toString("utf8", 0, count));
  } finally {
    closeSync(file);
  }
}
