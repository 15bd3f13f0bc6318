// The data of the run: rows, columns and classes.

import { counted, formatCount, formatNumber, formatPercent } from "@downhill/plots/format";
import { html, keepUnits, type Markup, tableOf } from "@downhill/plots/page";
import { countOf } from "../model/rows.ts";
import { heldOutShare } from "../model/splitRows.ts";
import type { ColumnSummary } from "../training/columnSummary.ts";
import { noteLines } from "../training/noteLines.ts";
import { isSvmlightSpec, isTableSpec, type RatingsSpec, type TableSpec } from "../training/prepared.ts";
import type { TrainedRun } from "../training/trainedRun.ts";
import { valueText } from "./valueText.ts";

const MAX_ROWS = 200;

/** The section on the data. */
export function dataCard(run: TrainedRun): Markup {
  const { prepared, parts, data } = run;
  const { table, spec } = prepared;
  const { warnings, information } = noteLines(prepared.notes);
  const features = isTableSpec(spec) ? spec.features.length : isSvmlightSpec(spec) ? spec.columns : 0;
  const roles =
    "target" in spec
      ? ` ${formatCount(features)} ${features === 1 ? "column is the feature" : "columns are the features"}, and ${isSvmlightSpec(spec) ? "the first number of each line" : spec.target} is the target.`
      : "";
  const heldOut = parts.heldOut === null ? 0 : countOf(parts.heldOut);
  const share =
    heldOut === 0
      ? "No row was held out, so this report cannot show how well the model predicts new rows."
      : `${counted(heldOut, "row")} (${formatNumber(100 * heldOutShare(run))} %) ${heldOut === 1 ? "was held out: training did not use it" : "were held out: training did not use them"}.`;
  return html`<section aria-labelledby="data"><h2 id="data">The data</h2>
<p><code>${data}</code></p>
<p>${formatCount(table.rows)} rows.${roles} ${keepUnits(share)}</p>
${noteList("Warnings", warnings)}
${noteList("Decisions about the columns", information)}
${balance(run)}
${isSvmlightSpec(spec) ? null : html`<details><summary>All columns</summary>${columnTable(table.columns, spec)}</details>`}
</section>`;
}

const noteList = (title: string, lines: readonly string[]): Markup | null =>
  lines.length === 0 ? null : html`<h3>${title}</h3><ul>${lines.map((line) => html`<li>${keepUnits(line)}</li>`)}</ul>`;

function balance({ parts }: TrainedRun): Markup | null {
  if (parts.train.task !== "classification") return null;
  const counts = new Map<unknown, [number, number]>();
  const count = (labels: readonly unknown[], side: 0 | 1) => {
    for (const label of labels) {
      const both = counts.get(label) ?? [0, 0];
      both[side] += 1;
      counts.set(label, both);
    }
  };
  count(parts.train.y, 0);
  if (parts.heldOut?.task === "classification") count(parts.heldOut.y, 1);
  const total = parts.train.y.length + (parts.heldOut === null ? 0 : countOf(parts.heldOut));
  const rows = [...counts]
    .sort(([, a], [, b]) => b[0] + b[1] - a[0] - a[1])
    .map(([label, [train, heldOut]]) => [
      String(label),
      formatCount(train),
      formatCount(heldOut),
      formatPercent((train + heldOut) / total),
    ]);
  return html`<h3>Classes</h3>${tableOf(["Class", "Training rows", "Held-out rows", "Share"], rows.slice(0, MAX_ROWS), note(rows.length, "classes"))}`;
}

function columnTable(columns: readonly ColumnSummary[], spec: TableSpec | RatingsSpec): Markup {
  const shown = columns.slice(0, MAX_ROWS);
  const more = note(columns.length, "columns");
  const header = ["Column", "Type", "Smallest", "Mean", "Largest"];
  const cells = shown.map((column) => [column.name, column.kind, ...spread(column)]);
  if (!isTableSpec(spec)) return tableOf(header, cells, more);
  const withUse = cells.map((row, at) => [...row, useOf(shown[at]!.name, spec)]);
  return tableOf([...header, "In the model"], withUse, more);
}

const MAX_NAMES = 6;

/** What a column became: the names of the numbers that the model gets. */
function useOf(name: string, spec: TableSpec): string {
  if (name === spec.target) return "target";
  const names = spec.numbersOf(name);
  if (names.length === 0) return "not a feature";
  const others = names.length - MAX_NAMES;
  return names.slice(0, MAX_NAMES).join(", ") + (others > 0 ? ` and ${formatCount(others)} more` : "");
}

const note = (count: number, what: string): string | undefined =>
  count > MAX_ROWS ? `The first ${MAX_ROWS} of ${formatCount(count)} ${what}.` : undefined;

/** The smallest, mean and largest number; for booleans the share of true; for text the number of different values. */
function spread(column: ColumnSummary): string[] {
  if ("different" in column) return [`${formatCount(column.different)} different values`, "", ""];
  if (column.kind === "boolean") return ["false", `${formatPercent(column.mean)} true`, "true"];
  return [column.smallest, column.mean, column.largest].map((value) => valueText(column.kind, value));
}
