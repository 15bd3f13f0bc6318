// Numbers as files, so that every contestant reads the same bytes.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Job, Table } from "../job.ts";

type Numbers = Float64Array | Float32Array | Uint32Array;

const elementOf = (numbers: Numbers): Table["element"] =>
  numbers instanceof Float64Array ? "float64" : numbers instanceof Float32Array ? "float32" : "uint32";

/** Writes the numbers row by row. */
export function writeTable(folder: string, name: string, numbers: Numbers, columns = 1): Table {
  const path = join(folder, `${name}.raw`);
  writeFileSync(path, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  return { path, element: elementOf(numbers), rows: numbers.length / columns, columns };
}

function bytesOf(job: Job, name: string, element: Table["element"]): ArrayBuffer {
  const table = job.tables[name];
  if (table?.element !== element) {
    throw new TypeError(`job: table ${name} must be of ${element}, got ${table?.element ?? "none"}. Correct its case.`);
  }
  const { buffer, byteOffset, byteLength } = readFileSync(table.path);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

export const readFloats = (job: Job, name: string): Float64Array => new Float64Array(bytesOf(job, name, "float64"));

export const readIndices = (job: Job, name: string): Uint32Array => new Uint32Array(bytesOf(job, name, "uint32"));

export const readSingles = (job: Job, name: string): Float32Array<ArrayBuffer> =>
  Float32Array.from(readFloats(job, name));

/** A setting that is one number. */
export function numberOf(job: Job, name: string): number {
  const value = job.settings[name];
  if (typeof value === "number") return value;
  throw new TypeError(`job: setting ${name} must be a number, got ${String(value)}. Correct its case.`);
}
