import { countLabels, type Label } from "../../../core/label.ts";
import type { NumberValues, TypedColumn } from "../../reading/typedTable.ts";
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
  const isCategory = target.kind === "category";
  const counts = countLabels(isCategory ? target.codes.subarray(0, rows) : numbersOf(target, rows));
  counts.delete(isCategory ? -1 : Number.NaN);
  const nameOf = (value: Label): Label => {
    if (isCategory) return target.texts[value as number]!;
    return target.kind === "boolean" ? value === 1 : value;
  };
  return { names: [...counts.keys()].map(nameOf), counts: [...counts.values()] };
}

const numbersOf = ({ values, start, step }: NumberValues, rows: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => values[start + row * step]!);
