import { formatCount, formatNumber } from "@downhill/plots/format";
import { isTableSpec } from "../model/modelFile.ts";
import { countOf, rowWord } from "../model/rows.ts";
import { heldOutShare } from "../model/splitRows.ts";
import { featureNames } from "../table/encoding/features.ts";
import type { RunFacts } from "./trainedRun.ts";

/** The data of a run in phrases: "569 rows", "30 features", "target diagnosis (2 classes)", "20 % held out (114 rows, …)". */
export function dataPhrases({ prepared, parts, holdOut }: RunFacts): string[] {
  const { table, spec, rows } = prepared;
  const word = rowWord(rows.task);
  const many = (count: number, plural: string) => `${formatCount(count)} ${count === 1 ? plural.slice(0, -1) : plural}`;
  const heldOut =
    parts.heldOut === null
      ? `no ${word} held out`
      : `${formatNumber(100 * heldOutShare({ parts, holdOut }))} % held out (${many(countOf(parts.heldOut), word)}${remarks[rows.task]})`;
  if (!isTableSpec(spec)) return [many(table.rows, "ratings"), heldOut];
  const count = featureNames(spec.features).length;
  const classes = rows.task === "classification" ? ` (${new Set(rows.y).size} classes)` : "";
  return [many(table.rows, "rows"), many(count, "features"), `target ${spec.target.name}${classes}`, heldOut];
}

const remarks = {
  classification: ", about the same share of each class",
  regression: "",
  ratings: "; every user and item keeps a training rating",
} as const;
