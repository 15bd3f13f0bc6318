import { closeSync, openSync, readSync } from "node:fs";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";

const NAME = /\.(svm|svmlight|libsvm)(\.\w+)?$/i;
const NUMBER = String.raw`[+-]?[\d.]+(e[+-]?\d+)?`;
const LINE = new RegExp(String.raw`^${NUMBER}([ \t]+qid:\d+)?([ \t]+\d+:${NUMBER})+[ \t]*(#.*)?$`, "i");
const BYTES = 65536;

/** @throws DataError for a file in the svmlight (LIBSVM) format, by its name or by its first line */
export function rejectSvmlight(command: string, path: string): void {
  if (!NAME.test(path) && !LINE.test(firstLine(path))) return;
  throw new DataError(
    `${command}: ${show(path)} is an svmlight file, but the command reads only tables. Train in a program: ` +
      "readSvmlight of the package downhill reads its text, and logisticRegression().fit(X, y) trains on its rows.",
  );
}

/** The first line, without its last part if it is longer than 64 KiB; "" for a file that cannot be read, which is an error later. */
function firstLine(path: string): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return "";
  }
  try {
    const bytes = new Uint8Array(BYTES);
    const text = new TextDecoder("latin1").decode(bytes.subarray(0, readSync(file, bytes)));
    const end = text.search(/[\r\n]/);
    return end >= 0 ? text.slice(0, end) : text.slice(0, text.lastIndexOf(" "));
  } finally {
    closeSync(file);
  }
}
