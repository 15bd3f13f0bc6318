import { draw } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import { figureOf, html, type Markup, pageOf, tableOf } from "@downhill/plots/page";
import type { GalleryRun } from "../programs/runGallery.ts";
import type { Figure, Part, Section } from "./section.ts";
import { typeset } from "./words.ts";

/** A program and what the page says of it. */
export interface Chapter {
  readonly run: GalleryRun;
  readonly section: Section;
}

/** The gallery as one HTML document that asks for nothing else: no script, no request, every figure inside. */
export function page(chapters: readonly Chapter[]): string {
  const largest = Math.max(...chapters.map(({ run }) => run.maxRelativeDifference));
  const title = "Seven programs of gradient descent";
  const body = html`<header>
<h1>${title}</h1>
${paragraph(
  "Two articles teach gradient descent with seven programs in Python. Here they are in TypeScript, written with " +
    "downhill. They begin with the same random numbers, take the same steps and end at the same numbers: over all data, " +
    `starts, parameters and losses, the largest relative difference from NumPy is ${formatNumber(largest, 2)}.`,
)}
${paragraph(
  "Two of the articles' runs misbehave: the neural network and the matrix factorization. They are shown as they are, " +
    "with what goes wrong in numbers, and beside each stands a run that behaves.",
)}
</header>
<main>
${overview(chapters)}
${chapters.map(chapter)}
</main>`;
  return pageOf({ title, generator: "downhill gallery" }, body);
}

const paragraph = (text: string): Markup => html`<p>${typeset(text)}</p>`;

function overview(chapters: readonly Chapter[]): Markup {
  const rows = chapters.map(({ run, section }) => [
    html`<a href="#${run.program}">${section.title}</a>`,
    formatNumber(run.epochs),
    formatNumber(run.firstLoss),
    formatNumber(run.lastLoss),
    formatNumber(run.maxRelativeDifference, 2),
  ]);
  return tableOf(["Program", "Epochs", "First loss", "Last loss", "Difference from NumPy"], rows);
}

function chapter({ run, section }: Chapter): Markup {
  const facts =
    `${run.epochs} epochs; loss from ${formatNumber(run.firstLoss)} to ${formatNumber(run.lastLoss)}; ` +
    `largest relative difference from NumPy ${formatNumber(run.maxRelativeDifference, 2)}.`;
  return html`<section id="${run.program}">
<h2>${section.title}</h2>
<p class="soft">${typeset(facts)}</p>
${section.parts.map(part)}
</section>`;
}

function part({ title, paragraphs, table, figures }: Part): Markup {
  return html`${title === undefined ? null : html`<h3>${typeset(title)}</h3>`}
${paragraphs.map(paragraph)}
${table === undefined ? null : tableOf(table.head, table.rows)}
${figures.length === 0 ? null : html`<div class="figures">${figures.map(figure)}</div>`}`;
}

/** Drawn twice, so that the words in it stay legible: for a window with room and for a narrow one. */
function figure({ name, spec, narrow: own, caption, broad = false }: Figure): Markup {
  return figureOf({
    id: name,
    drawings: {
      wide: draw(spec, { theme: "auto", id: `${name}-wide`, width: broad ? 1080 : 540 }),
      narrow: draw(own?.spec ?? spec, {
        theme: "auto",
        id: `${name}-narrow`,
        width: 320,
        height: own?.height ?? 360,
      }),
    },
    caption: typeset(caption),
    full: broad,
  });
}
