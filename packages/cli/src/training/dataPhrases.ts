import { formatCount, formatNumber } from "@downhill/plots/format";
import { classCounts, countOf, type Rows, rowWord } from "../model/rows.ts";
import { heldOutShare } from "../model/splitRows.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { isSvmlightSpec } from "./prepared.ts";
import type { RunFacts } from "./trainedRun.ts";

/** The data of a run in phrases: "569 rows", "30 features", "target diagnosis (2 classes)", "20 % held out (114 rows, …)". */
export function dataPhrases({
  prepared,
  parts,
  holdOut,
  options,
}: Pick<RunFacts, "prepared" | "parts" | "holdOut" | "options">): string[] {
  const { table, spec } = prepared;
  const { train } = parts;
  const word = rowWord(train);
  const many = (count: number, plural: string) => `${formatCount(count)} ${count === 1 ? plural.slice(0, -1) : plural}`;
  const heldOut =
    parts.heldOut === null
      ? `no ${word} held out`
      : `${formatNumber(100 * heldOutShare({ parts, holdOut }))} % held out (${many(countOf(parts.heldOut), word)}${remarkOn(options, train)})`;
  const leftOut =
    parts.leftOut === undefined
      ? []
      : [
          `${many(parts.leftOut, `late ${word}`)} left out, because the user or the item has no earlier one, or the pair has one`,
        ];
  if (!("target" in spec) || train.task === "ratings") return [many(table.rows, word), heldOut, ...leftOut];
  const classes = train.task === "classification" ? ` (${formatCount(classCounts(train).size)} classes)` : "";
  const target = isSvmlightSpec(spec)
    ? `target: the first number of each line${classes}`
    : `target ${spec.target}${classes}`;
  return [many(table.rows, "rows"), many(train.X.columns, "features"), target, heldOut];
}

/** How the held-out rows were chosen, unless they are random rows. */
function remarkOn({ group, time }: TrainOptions, rows: Rows): string {
  if (group !== undefined) return `; no ${group} is also in the training rows`;
  if (time !== undefined) return `; the last by ${time}`;
  if (rows.task === "ratings") return `; every user and item keeps a training ${rowWord(rows).slice(0, -1)}`;
  return rows.task === "classification" ? ", about the same share of each class" : "";
}
