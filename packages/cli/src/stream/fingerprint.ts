// What the prepared rows of a table depend on: the files, and the options that decide how they are read, divided and prepared.
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { preparationOptions } from "../options/preparationOptions.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { version } from "../process/version.ts";

/** A file of the data: two versions of it differ in a member. */
export interface FileMark {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  /** A hash of the first and the last 64 KiB. */
  readonly ends: string;
}

/** JSON. */
export interface Fingerprint {
  readonly version: string;
  readonly data: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly files: readonly FileMark[];
}

const used = [
  "target" as const,
  ...preparationOptions,
  ...([
    "encoding",
    "delimiter",
    "comment",
    "header",
    "format",
    "seed",
    "holdOut",
    "loss",
    "quantile",
    "positive",
    "user",
    "item",
    "rating",
    "duplicates",
  ] as const),
];

const END = 65_536; // bytes

/** The mark of a file; null if it cannot be read. */
function markOf(path: string): FileMark | null {
  try {
    const file = openSync(path, "r");
    try {
      const { size, mtimeMs } = fstatSync(file);
      const buffer = Buffer.alloc(2 * END);
      const first = readSync(file, buffer, 0, END, 0);
      const last = readSync(file, buffer, first, END, Math.max(0, size - END));
      const ends = createHash("sha256")
        .update(buffer.subarray(0, first + last))
        .digest("hex");
      return { path: resolve(path), size, modified: mtimeMs, ends };
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** The marks of files that can be read. */
export const marksOf = (paths: readonly string[]): FileMark[] =>
  [...new Set(paths.map((path) => resolve(path)))].sort().flatMap((path) => markOf(path) ?? []);

/** The fingerprint of the rows that DATA and the options give. */
export const fingerprintOf = (data: string, options: TrainOptions, files: readonly FileMark[]): Fingerprint => ({
  version,
  data,
  options: {
    ...Object.fromEntries(used.filter((name) => options[name] !== undefined).map((name) => [name, options[name]])),
    ...(options.patience !== undefined && { patience: true }), // there are validation rows
  },
  files,
});

/** The first difference of two fingerprints, as a reason to prepare the rows again; null if they are equal. */
export function differenceOf(old: Fingerprint, now: Fingerprint): string | null {
  if (old.version !== now.version) return `it is of version ${old.version} of downhill`;
  if (old.data !== now.data) return "it is of other data";
  const names = [...new Set([...Object.keys(old.options), ...Object.keys(now.options)])];
  const other = names.find((name) => JSON.stringify(old.options[name]) !== JSON.stringify(now.options[name]));
  if (other !== undefined) return `it was made with another ${other}`;
  const text = (file: FileMark | undefined): string => JSON.stringify(file);
  const changed = now.files.find((file) => text(file) !== text(old.files.find(({ path }) => path === file.path)));
  if (changed !== undefined) return `${changed.path} has changed`;
  return old.files.length === now.files.length ? null : "it is of other files";
}
