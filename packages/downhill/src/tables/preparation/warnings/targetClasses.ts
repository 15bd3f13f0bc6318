import type { Label } from "../../../core/label.ts";
import { type ColumnHead, eachNumber, partsOf, type TypedRows } from "../../reading/typedParts.ts";
import type { CategoryValues } from "../../reading/typedTable.ts";
import type { LearningOptions } from "../learnPreparation.ts";

/** The classes of a target. */
export interface TargetClasses {
  readonly names: readonly Label[];
  /** The rows of each class. */
  readonly counts: readonly number[];
}

/** Whether the target has classes. Numbers have them only if the options say so, or if there are only two different numbers. */
export function targetHasClasses(
  target: ColumnHead,
  table: TypedRows,
  { classes }: Pick<LearningOptions, "classes">,
): boolean {
  if (classes !== undefined) return classes;
  if (target.kind !== "number") return target.kind === "category" || target.kind === "boolean";
  const seen = new Set<number>();
  eachNumber(table, target.name, (x) => {
    if (!Number.isNaN(x)) seen.add(x);
    return seen.size <= 2;
  });
  return seen.size <= 2;
}

/** The classes of a target, in the order of their first rows. */
export function targetClasses(target: ColumnHead, table: TypedRows): TargetClasses {
  const counts = new Map<number, number>();
  const add = (value: number): void => {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  };
  if (!("texts" in target)) {
    eachNumber(table, target.name, (value) => {
      if (!Number.isNaN(value)) add(value);
    });
    const nameOf = (value: number): Label => (target.kind === "boolean" ? value === 1 : value);
    return { names: Array.from(counts.keys(), nameOf), counts: [...counts.values()] };
  }
  for (const { columns } of partsOf<CategoryValues>(table, [target.name])) {
    for (const code of columns[0]!.codes) if (code >= 0) add(code);
  }
  return { names: Array.from(counts.keys(), (code) => target.texts[code]!), counts: [...counts.values()] };
}
