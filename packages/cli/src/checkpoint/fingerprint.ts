// The fingerprint of the data of a run: equal for equal data, wherever they are stored.
import { createHash, type Hash } from "node:crypto";
import type { Label, Vector } from "downhill";
import { countOf, type Rows } from "../model/rows.ts";
import type { StoredTraining } from "../model/storedTable.ts";
import { type DataSpec, isSvmlightSpec, isTableSpec, type Prepared } from "../training/prepared.ts";

export interface Fingerprint {
  /** The numbers of training rows and of held-out rows. */
  readonly rows: readonly [training: number, heldOut: number];
  /** The columns that the model uses; of ratings those of users, items and ratings. */
  readonly columns: readonly string[];
  /** The kind of each column of the table, by name; empty for ratings. */
  readonly kinds: Readonly<Record<string, string>>;
  /** SHA-256 of the prepared numbers, the targets and the preparation. */
  readonly hash: string;
}

/** The fingerprint of prepared data. */
export function fingerprintOf({ parts, spec, table, model }: Prepared): Fingerprint {
  const hash = createHash("sha256").update(JSON.stringify([model, isTableSpec(spec) ? spec.preparation : spec]));
  for (const rows of [parts.train, parts.heldOut]) {
    if (rows !== null) addRows(hash, rows);
  }
  return {
    rows: [countOf(parts.train), parts.heldOut === null ? 0 : countOf(parts.heldOut)],
    columns: namesOf(spec),
    kinds: Object.fromEntries(table.kinds.map(({ name, kind }) => [name, kind])),
    hash: hash.digest("hex"),
  };
}

function namesOf(spec: DataSpec): readonly string[] {
  if (isTableSpec(spec)) return spec.features;
  if (isSvmlightSpec(spec)) return [`${spec.columns} columns from ${spec.firstColumn}`];
  return [spec.user, spec.item, ...(spec.rating === null ? [] : [spec.rating])];
}

function addRows(hash: Hash, rows: Rows): void {
  if (rows.task === "ratings") {
    addLabels(hash, rows.users);
    addLabels(hash, rows.items);
    if (rows.ratings !== null) addNumbers(hash, rows.ratings);
    rows.stored?.each(({ users, items, ratings }) => {
      addLabels(hash, users);
      addLabels(hash, items);
      addNumbers(hash, ratings);
    });
    return;
  }
  if ("indptr" in rows.X) {
    addNumbers(hash, rows.X.indptr);
    addNumbers(hash, rows.X.indices);
    addNumbers(hash, rows.X.values);
  } else addNumbers(hash, rows.X.data);
  if (rows.task === "regression") addNumbers(hash, rows.y);
  else addLabels(hash, rows.y);
  if (rows.weights) addNumbers(hash, rows.weights);
  if (rows.stored?.training) addStored(hash, rows.stored.training);
}

const BYTES = 2 ** 22; // in one reading

/** Adds the bytes of rows in a file, and reads them once for it. */
function addStored(hash: Hash, { names, weighted, training, validation, read }: StoredTraining): void {
  const buffer = new Uint8Array(BYTES);
  for (const { position, rows } of validation === null ? [training] : [training, validation]) {
    const bytes = rows * (names.length + 1 + Number(weighted)) * Float64Array.BYTES_PER_ELEMENT;
    for (let at = 0; at < bytes; ) {
      const count = read(position + at, buffer.subarray(0, Math.min(BYTES, bytes - at)));
      if (count === 0) break; // the training reports that rows are missing
      hash.update(buffer.subarray(0, count));
      at += count;
    }
  }
}

const PART = 2 ** 16; // labels in one text, or numbers in one update of the hash

function addNumbers(hash: Hash, numbers: Vector | Uint32Array): void {
  for (let at = 0; at < numbers.length; at += PART) hash.update(numbers.subarray(at, at + PART));
}

function addLabels(hash: Hash, labels: readonly Label[]): void {
  for (let at = 0; at < labels.length; at += PART) hash.update(JSON.stringify(labels.slice(at, at + PART)));
}
