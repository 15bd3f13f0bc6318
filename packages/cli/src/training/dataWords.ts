import { formatCount, formatNumber } from "@downhill/plots/format";
import { isTableSpec } from "../model/modelFile.ts";
import { countOf } from "../model/rows.ts";
import { heldOutShare } from "../model/splitRows.ts";
import { featureNames } from "../table/encoding/features.ts";
import type { RunFacts } from "./trainedRun.ts";
/** What was read: "569 rows", "30 features", "target diagnosis (2 classes)", "20 % held out (114)". */
export function dataPhrases({ prepared, parts, holdOut }: RunFacts): string[] {
  const { table, spec, rows } = prepared;
  const heldOut =
    parts.heldOut === null
      ? "nothing held out"
      : `${formatNumber(100 * heldOutShare({ parts, holdOut }))} % held out (${formatCount(countOf(parts.heldOut))}${remarks[rows.task]})`;
  if (!isTableSpec(spec) || rows.task === "ratings") {
    return [`${formatCount(table.rows)} ratings`, heldOut];
  }
  const count = featureNames(spec.features).length;
  const classes = rows.task === "classification" ? ` (${new Set(rows.y).size} classes)` : "";
  const features = `${formatCount(count)} ${count === 1 ? "feature" : "features"}`;
  return [`${formatCount(table.rows)} rows`, features, `target ${spec.target.name}${classes}`, heldOut];
}

const remarks = {
  classification: ", the same share of each class",
  regression: "",
  ratings: ", every user and item keeps a rating for training",
} as const;
