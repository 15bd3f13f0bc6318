// The rows of each class of a table that is read in parts.
import type { Label, TableInParts, TypedParts } from "downhill";
import { DataError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { heldOutClass } from "../model/splitRows.ts";

/** Classes with their numbers of rows. JSON. */
export type Counts = readonly (readonly [Label, number])[];

/** The rows of each class, in the order of their first rows; null for no rows. */
export function countsOf(table: TableInParts, rows: TypedParts | null): Counts | null {
  if (rows === null) return null;
  const counts = new Map<Label, number>();
  for (const { y } of table.usable([], rows)) {
    for (let i = 0; i < y.length; i++) counts.set(y[i]!, (counts.get(y[i]!) ?? 0) + 1);
  }
  return [...counts];
}

/** The rows of each class in both parts; no rows for parts without classes. */
export function sumOfCounts(first: Counts | null, second: Counts | null): Map<Label, number> {
  const all = new Map(first ?? []);
  for (const [label, count] of second ?? []) all.set(label, (all.get(label) ?? 0) + count);
  return all;
}

/** @throws DataError if there are too many different targets to count the rows of each */
export function requireCounted(target: string, counts: ReadonlyMap<Label, number> | null): ReadonlyMap<Label, number> {
  if (counts !== null) return counts;
  throw new DataError(
    `train: the target ${show(target)} has more than 10 000 different values, too many for classes with --stream. Choose another --target.`,
  );
}

/** @throws DataError if a class has no training rows, which can happen when the rows are divided in blocks */
export function requireTrainingRows(classes: Iterable<Label>, training: Counts): void {
  const known = new Set(training.map(([label]) => label));
  for (const label of classes) if (!known.has(label)) throw heldOutClass(label);
}

/** Labels in the order of the scores of a model: truth values, numbers, texts; each kind ascending. */
export function sortedLabels(labels: readonly Label[]): Label[] {
  const kinds = ["boolean", "number", "string"];
  return [...labels].sort((a, b) => kinds.indexOf(typeof a) - kinds.indexOf(typeof b) || (a < b ? -1 : 1));
}
