// The page of an inspection: one HTML file that loads no other file and runs no script.
import { barChart } from "@downhill/plots";
import { formatCount, formatPercent } from "@downhill/plots/format";
import { html, jsonBlock, keepUnits, type Markup, pageOf, tableOf } from "@downhill/plots/page";
import type { ColumnInspection, TableInspection } from "downhill";
import { pageMarks } from "../../output/ownFiles.ts";
import { version } from "../../process/version.ts";
import { figuresOf, type Picture } from "../figure.ts";
import { valueText } from "../valueText.ts";
import { inspectionNotes, kindText, sizeText } from "./inspectionText.ts";

const MAX_PICTURES = 60;

/** The text of the page of an inspection. */
export function inspectionPage(data: string, target: string | undefined, inspection: TableInspection): string {
  const { columns, rows } = inspection;
  const { warnings, information } = inspectionNotes(inspection);
  const used = columns.filter(({ used, role }) => used && role === "feature").length;
  const pictures = columns.slice(0, MAX_PICTURES).flatMap((column) => pictureOf(column));
  const body = html`<header>
<p class="kind">Inspection of a table</p>
<h1>${keepUnits(sizeText(inspection))}</h1>
<p class="lead"><code>${data}</code></p>
<p class="soft">${keepUnits(
    `${formatCount(used)} of the columns can be features.${target === undefined ? "" : ` The target is ${target}.`}`,
  )}</p>
</header>
<main>
${notesSection("warnings", "Warnings", warnings)}
<section aria-labelledby="columns"><h2 id="columns">Columns</h2>
${columnTable(columns, rows)}</section>
${notesSection("decisions", "Decisions about the columns", information)}
<section aria-labelledby="distributions"><h2 id="distributions">Distributions</h2>
${columns.length > MAX_PICTURES ? html`<p>Charts of the first ${MAX_PICTURES} columns.</p>` : null}
${figuresOf(pictures)}</section>
</main>
<footer>Written by <code>downhill</code> ${version}. This file loads no other file. It also stores the inspection as JSON.</footer>
<script type="application/json" id="inspection">${jsonBlock({ format: "downhill inspection", version, data, ...inspection })}</script>`;
  return pageOf({ title: `Inspection of ${data}`, generator: pageMarks.inspection }, body);
}

function notesSection(id: string, title: string, notes: readonly string[]): Markup | null {
  if (notes.length === 0) return null;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<ul>${notes.map((note) => html`<li>${keepUnits(note)}</li>`)}</ul></section>`;
}

function columnTable(columns: readonly ColumnInspection[], rows: number): Markup {
  const header = ["Column", "Read as", "Missing", "Different", "Smallest", "Mean", "Median", "Largest"];
  const cells = columns.map((column) => {
    const { kind, numbers, missing, distinct } = column;
    const range =
      numbers === null
        ? ["", "", "", ""]
        : [numbers.smallest, numbers.mean, numbers.median, numbers.largest].map((value) => valueText(kind, value));
    return [
      column.name,
      kindText(column),
      missingText(missing, rows),
      distinct === null ? "" : formatCount(distinct),
      ...range,
    ];
  });
  return tableOf(header, cells);
}

function missingText(missing: number | null, rows: number): string {
  if (missing === null) return "";
  return missing === 0 ? "0" : `${formatCount(missing)} (${formatPercent(missing / rows)})`;
}

/** The chart of a column: a bar for each interval of its numbers, or for each of its most frequent values or words. */
function pictureOf({ name, kind, numbers, frequent, distinct }: ColumnInspection): Picture[] {
  if (numbers !== null) {
    const { edges, counts } = numbers.histogram;
    const label = (bin: number): string => {
      const [from, to] = [edges[bin]!, edges[bin + 1]!];
      const single = to - from === 1 && !Number.isInteger(from) && Number.isInteger(from + 0.5) && kind === "number";
      return single ? valueText(kind, from + 0.5) : `${valueText(kind, from)} to ${valueText(kind, to)}`;
    };
    return [
      {
        spec: barChart({
          title: titleOf(name),
          names: counts.map((_, bin) => label(bin)),
          groups: [{ values: counts }],
          xName: "number of rows",
        }),
      },
    ];
  }
  if (frequent === null || frequent.length === 0) return [];
  const more = kind === "words" ? 0 : (distinct ?? 0) - frequent.length;
  const remark = more > 0 ? `The chart has no bars for ${formatCount(more)} rarer values.` : undefined;
  const names = frequent.map(({ value }) => (value.length > 40 ? `${value.slice(0, 39)}…` : value));
  const spec = barChart({
    title: titleOf(name),
    names,
    groups: [{ values: frequent.map(({ count }) => count) }],
    xName: "number of rows",
  });
  return [{ spec, ...(remark === undefined ? {} : { remark }) }];
}

const titleOf = (name: string): string => (name.trim() === "" ? "Column without a name" : name);
