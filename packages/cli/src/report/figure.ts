// A chart of the page with its caption and its numbers. It is drawn for a wide and for a narrow window, and a chart of
// the page's full width for a medium one too, so that its text can be read in each.
import { draw, type Spec, scene } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import { figureOf, html, type Markup, tableOf } from "@downhill/plots/page";

/** A chart, and whether it has the full width of the page. */
export interface Picture {
  readonly spec: Spec;
  readonly full?: boolean;
  /** Sentences that follow the chart's own caption. */
  readonly remark?: string;
}

/** The figures of a section. A chart of half the width that would stand alone in its line gets the full width. */
export function figuresOf(pictures: readonly Picture[]): Markup {
  let alone = false; // whether the left half of the line is filled and the right half is free
  const placed = pictures.map((picture, i) => {
    if (picture.full) {
      alone = false;
      return picture;
    }
    const next = pictures[i + 1];
    const pair = alone || (next !== undefined && !next.full);
    alone = pair && !alone;
    return pair ? picture : { ...picture, full: true };
  });
  return html`<div class="figures">${placed.map(pictureFigure)}</div>`;
}

const HALF = 480;
const FULL = 960;
const MEDIUM = 640;
const NARROW = 340;

/** One chart with its caption and its numbers. */
function pictureFigure({ spec, full = false, remark }: Picture): Markup {
  const { caption, table } = scene(spec, { width: full ? FULL : HALF }).a11y;
  const { columns, rows, note } = table;
  const cells = rows.map((row) => row.map((value) => (typeof value === "number" ? formatNumber(value) : value)));
  const drawing = (width: number): string => draw(spec, { width, theme: "auto", background: "none" });
  return figureOf({
    drawings: {
      wide: drawing(full ? FULL : HALF),
      ...(full ? { medium: drawing(MEDIUM) } : {}),
      narrow: drawing(NARROW),
    },
    caption: `${caption}${remark === undefined ? "" : ` ${remark}`}`,
    full,
    more: html`<details><summary>The numbers of this chart</summary>
${tableOf(columns, cells, note ?? `The numbers of “${spec.title}”.`)}
</details>`,
  });
}
