import type { TypedColumn } from "../../reading/typedTable.ts";
import type { LearningOptions } from "../learnPreparation.ts";

/** The classes of a target. */
export interface TargetClasses {
  readonly names: readonly (string | number | boolean)[];
  /** The rows of each class. */
  readonly counts: readonly number[];
}

/** Whether the target has classes. Numbers have them only if the options say so, or if there are only two different numbers. */
export function hasClasses(target: TypedColumn, rows: number, { classes }: Pick<LearningOptions, "classes">): boolean {
  if (classes !== undefined) return classes;
  if (target.kind !== "number") return target.kind === "category" || target.kind === "boolean";
  let [first, second] = [Number.NaN, Number.NaN];
  for (let row = 0, at = target.start; row < rows; row++, at += target.step) {
    const x = target.values[at]!;
    if (x === first || x === second || Number.isNaN(x)) continue;
    if (Number.isNaN(first)) first = x;
    else if (Number.isNaN(second)) second = x;
    else return false;
  }
  return true;
}

/** The classes of a target, in the order of their first rows. */
export function targetClasses(target: TypedColumn, rows: number): TargetClasses {
  const counts = new Map<string | number | boolean, number>();
  for (let row = 0; row < rows; row++) {
    const label = labelAt(target, row);
    if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return { names: [...counts.keys()], counts: [...counts.values()] };
}

/** The label of a row; null if it is missing. */
function labelAt(target: TypedColumn, row: number): string | number | boolean | null {
  if (target.kind === "category") return target.texts[target.codes[row]!] ?? null;
  const x = target.values[target.start + row * target.step]!;
  if (Number.isNaN(x)) return null;
  return target.kind === "boolean" ? x === 1 : x;
}
