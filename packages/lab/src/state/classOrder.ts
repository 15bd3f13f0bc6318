// The order in which the page lists classes: 1, 2, 10, and not 1, 10, 2. The order in the model is another one, and stays as it is.

import type { Label } from "downhill";

const texts = new Intl.Collator("en", { numeric: true });

const isNumber = (label: Label): boolean => String(label).trim() !== "" && Number.isFinite(Number(String(label)));

/** The numbers of the classes in the order of the page: by number where all are numbers, otherwise as texts with numbers in them. */
export function classOrder(classes: readonly Label[]): number[] {
  const areNumbers = classes.every(isNumber);
  const compare = (a: Label, b: Label): number =>
    areNumbers ? Number(a) - Number(b) : texts.compare(String(a), String(b));
  return Array.from(classes.keys()).sort((i, k) => compare(classes[i]!, classes[k]!));
}
