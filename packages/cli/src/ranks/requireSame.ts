// All ranks must have the same version, command line and data.
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { Communicator } from "@downhill/mpi";
import { DataError, UsageError } from "../errors/errors.ts";
import { version } from "../process/version.ts";
import { gatherTexts } from "./gather.ts";

/** @throws UsageError if the ranks have different versions or command lines */
export function requireSameCommand(ranks: Communicator, argv: readonly string[]): void {
  const versions = gatherTexts(ranks, version);
  const other = versions.findIndex((text) => text !== versions[0]);
  if (other > 0) {
    throw new UsageError(
      `train: all ranks must have the same version of downhill, but rank 0 has ${versions[0]} and rank ${other} has ` +
        `${versions[other]}. Install the same version on all computers.`,
    );
  }
  const lines = gatherTexts(ranks, argv.join(" "));
  const differs = lines.findIndex((line) => line !== lines[0]);
  if (differs < 0) return;
  throw new UsageError(
    `train: all ranks must have the same options, but rank 0 has "${lines[0]}" and rank ${differs} has "${lines[differs]}". ` +
      "Start all ranks with one command line.",
  );
}

/** @throws DataError if the files of DATA are not the same on all ranks: their number, their sizes or their first bytes */
export function requireSameFiles(ranks: Communicator, paths: readonly string[]): void {
  const found = [...paths]
    .sort()
    .map((path) => (statSync(path, { throwIfNoEntry: false })?.isFile() ? markOf(path) : null));
  const all = gatherTexts(ranks, JSON.stringify(found));
  if (all.some((text) => text.includes("null"))) return; // the rank without a file reports it
  const other = all.findIndex((text) => text !== all[0]);
  if (other < 0) return;
  const sizeOf = (text: string): string => {
    const files = JSON.parse(text) as { size: number }[];
    return `${files.length === 1 ? "a file" : `${files.length} files`} of ${files.reduce((sum, { size }) => sum + size, 0)} bytes`;
  };
  const [first, second] = [sizeOf(all[0]!), sizeOf(all[other]!)];
  throw new DataError(
    `train: all ranks must read the same files, but rank 0 has ${first} and rank ${other} ` +
      `${first === second ? "others with as many bytes" : second}. Put the data on a file system that all computers share.`,
  );
}

const TOP = 4096; // bytes

function markOf(path: string): { readonly size: number; readonly top: string } {
  const file = openSync(path, "r");
  try {
    const top = Buffer.alloc(TOP);
    const length = readSync(file, top, 0, TOP, 0);
    const hash = createHash("sha256").update(top.subarray(0, length)).digest("hex");
    return { size: fstatSync(file).size, top: hash };
  } finally {
    closeSync(file);
  }
}

/** @throws DataError if the ranks have read different rows */
export function requireSameRows(
  ranks: Communicator,
  { rows: [training], hash }: { readonly rows: readonly [training: number, heldOut: number]; readonly hash: string },
): void {
  const all = gatherTexts(ranks, `${training} training rows with the hash ${hash.slice(0, 8)}`);
  const other = all.findIndex((text) => text !== all[0]);
  if (other < 0) return;
  throw new DataError(
    `train: all ranks must read the same rows, but rank 0 has read ${all[0]} and rank ${other} ${all[other]}. ` +
      "Put the data on a file system that all computers share.",
  );
}
