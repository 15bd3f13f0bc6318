// svmlight (LIBSVM) files: lines of a target and the numbers of columns that are not 0.
import { existsSync, statSync } from "node:fs";
import { firstBytes } from "./compression.ts";

const NAME = /\.(svm|svmlight|libsvm)(\.\w+)?$/i;
const NUMBER = String.raw`[+-]?[\d.]+(e[+-]?\d+)?`;
const LINE = new RegExp(String.raw`^${NUMBER}([ \t]+qid:\d+)?([ \t]+\d+:${NUMBER})+[ \t]*(#.*)?$`, "i");
const TOP = 65536; // bytes in which the first row is searched

/** Whether DATA is a file in the svmlight (LIBSVM) format, by its name or by its first row. */
export const isSvmlight = (data: string): boolean =>
  existsSync(data) && statSync(data).isFile() && (NAME.test(data) || LINE.test(firstRow(data)));

/** Whether the name of DATA has an ending of svmlight files. */
export const isNamedSvmlight = (data: string): boolean => NAME.test(data);

/** The first line that is no comment, without its last part if it is longer than 64 KiB; "" for a file that cannot be read, which is an error later. */
function firstRow(path: string): string {
  try {
    const text = firstBytes(path, TOP).toString("latin1");
    const lines = text.split(/\r?\n/);
    const row = lines.findIndex((line) => line !== "" && !line.startsWith("#"));
    const line = lines[row] ?? "";
    return row < lines.length - 1 ? line : line.slice(0, text.length < TOP ? line.length : line.lastIndexOf(" "));
  } catch {
    return "";
  }
}
