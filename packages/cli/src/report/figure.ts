// A chart in the page: drawn for a wide and for a narrow window (and one of the page's width for one between), so that
// its text can be read on each; with its sentence and its numbers.
import { type ChartSpec, describe, draw, scene, toTable } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import { figureOf, html, type Markup, tableOf } from "@downhill/plots/page";

/** A chart, and whether it takes the page's whole width. */
export interface Picture {
  readonly spec: ChartSpec;
  readonly full?: boolean;
  /** A sentence beside the chart's own. */
  readonly remark?: string;
}

const HALF = 480;
const FULL = 960;
const MEDIUM = 640;
const NARROW = 340;

/** The picture as a figure. */
export function pictureFigure({ spec, full = false, remark }: Picture): Markup {
  const wide = scene(spec, { width: full ? FULL : HALF });
  const { columns, rows, note } = toTable(wide);
  const cells = rows.map((row) => row.map((value) => (typeof value === "number" ? formatNumber(value) : value)));
  const drawing = (width: number): string => draw(spec, { width, theme: "auto", background: "none" });
  return figureOf({
    drawings: {
      wide: drawing(full ? FULL : HALF),
      ...(full ? { medium: drawing(MEDIUM) } : {}),
      narrow: drawing(NARROW),
    },
    caption: `${describe(wide)}${remark === undefined ? "" : ` ${remark}`}`,
    full,
    more: html`<details><summary>The numbers of this chart</summary>
${tableOf(columns, cells, note ?? `The numbers of “${spec.title}”.`)}
</details>`,
  });
}
