// Numbers as raw files, so that every program reads the same bytes.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Job, Table } from "../job.ts";

type Numbers = Float64Array | Float32Array | Uint32Array;

const elementTypeOf = (numbers: Numbers): Table["elementType"] =>
  numbers instanceof Float64Array ? "float64" : numbers instanceof Float32Array ? "float32" : "uint32";

export interface TableData {
  readonly numbers: Numbers;
  /** Default 1. */
  readonly columns?: number;
}

/** Writes the numbers, row by row, to a file of that name. */
export function writeTable(folder: string, name: string, { numbers, columns = 1 }: TableData): Table {
  const path = join(folder, `${name}.raw`);
  writeFileSync(path, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  return { path, elementType: elementTypeOf(numbers), rows: numbers.length / columns, columns };
}

function bytesOf(job: Job, name: string, elementType: Table["elementType"]): ArrayBuffer {
  const table = job.tables[name];
  if (table?.elementType !== elementType) {
    throw new TypeError(
      `bench: this program needs a ${elementType} table ${name}, but the case has ${table?.elementType ?? "none"}. ` +
        "Correct the case's prepare().",
    );
  }
  const { buffer, byteOffset, byteLength } = readFileSync(table.path);
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

export const readFloat64 = (job: Job, name: string): Float64Array => new Float64Array(bytesOf(job, name, "float64"));

export const readUint32 = (job: Job, name: string): Uint32Array => new Uint32Array(bytesOf(job, name, "uint32"));

/** A float64 table, rounded. */
export const readAsFloat32 = (job: Job, name: string): Float32Array<ArrayBuffer> =>
  Float32Array.from(readFloat64(job, name));

/** A setting that must be a number. */
export function numberSetting(job: Job, name: string): number {
  const value = job.settings[name];
  if (typeof value === "number") return value;
  throw wrongSetting(job, name, "a number");
}

/** A setting that must be a list of numbers. */
export function numbersSetting(job: Job, name: string): readonly number[] {
  const value = job.settings[name];
  if (typeof value === "object") return value;
  throw wrongSetting(job, name, "a list of numbers");
}

const wrongSetting = (job: Job, name: string, needed: string): TypeError =>
  new TypeError(
    `bench: this program needs ${needed} as the setting ${name}, but the case has ${String(job.settings[name])}. ` +
      "Correct its prepare().",
  );
