// What was done with missing cells, unseen categories and missing targets of the rows for a saved model.
import { counted, formatCount } from "@downhill/plots/format";
import type { MissingCount, UnseenCount } from "downhill";
import { show } from "../errors/quoting.ts";

/** Counts of cells that the model replaced. */
export interface CellFacts {
  readonly missing: readonly MissingCount[];
  readonly unseen: readonly UnseenCount[];
  /** The rows that were left out because their target is missing. */
  readonly withoutTarget?: number;
}

const MAX_COLUMNS = 5; // that a sentence names

/** One sentence for each kind of cells that were replaced, and for rows that were left out. */
export function cellNotes({ missing, unseen, withoutTarget = 0 }: CellFacts): string[] {
  const each = (counts: readonly { readonly column: string; readonly count: number }[]): string => {
    const shown = counts.slice(0, MAX_COLUMNS).map(({ column, count }) => `${column} ${formatCount(count)}`);
    const more = counts.length - shown.length;
    return shown.join(", ") + (more === 0 ? "" : ` and ${counted(more, "more column")}`);
  };
  const sum = (counts: readonly { readonly count: number }[]): number =>
    counts.reduce((all, { count }) => all + count, 0);
  const [example] = unseen;
  return [
    ...(withoutTarget === 0 ? [] : [`${counted(withoutTarget, "row")} without a target left out`]),
    ...(missing.length === 0
      ? []
      : [`${counted(sum(missing), "missing cell")} replaced as in training: ${each(missing)}`]),
    ...(example === undefined
      ? []
      : [
          `${counted(sum(unseen), "cell")} with a category that no training row has, such as ${show(example.example)}: ${each(unseen)}`,
        ]),
  ];
}
