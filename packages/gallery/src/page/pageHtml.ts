import { draw } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import { figureOf, html, type Markup, pageOf, tableOf } from "@downhill/plots/page";
import type { GalleryRun } from "../programs/runGallery.ts";
import type { Figure, Part, Section } from "./section.ts";

/** A program's run and the page's section about it. */
export interface Chapter {
  readonly run: GalleryRun;
  readonly section: Section;
}

/** The gallery as one HTML document. It contains every figure and has no script; it loads no other file. */
export function page(chapters: readonly Chapter[]): string {
  const largest = Math.max(...chapters.map(({ run }) => run.maxRelativeDifference));
  const title = "Seven programs of gradient descent";
  const body = html`<header>
<h1>${title}</h1>
${paragraph(
  "Two articles teach gradient descent with seven programs in Python. On this page the same programs run in TypeScript, " +
    "with the library downhill. The programs start with the same random numbers and take the same steps, so they give the same " +
    "results: over all data, starts, parameters and losses, the largest relative difference from NumPy is " +
    `${formatNumber(largest, 2)}.`,
)}
${paragraph(
  "Two of the articles' runs have a problem: the neural network and the matrix factorization. This page shows these " +
    "runs unchanged, explains the problem with numbers, and shows another run without the problem.",
)}
${paragraph(articles)}
</header>
<main>
${overview(chapters)}
${chapters.map(chapter)}
</main>`;
  return pageOf({ title, generator: "downhill gallery" }, body);
}

const articles =
  "The first article is “Understanding Gradient Descent in Machine Learning”, a blog post of 4 September 2025; the program " +
  "“A line through points” is from this article. The second is “Gradient Descent Algorithm in Machine Learning” on " +
  "GeeksforGeeks, last updated on 12 May 2026; the other six programs are from this article. The copies of the articles that " +
  "we used name no author and no licence. This page contains none of their text and none of their pictures.";

const paragraph = (text: string): Markup => html`<p>${typeset(text)}</p>`;

/** Text with unbreakable spaces in formulas and percentages, and with curved apostrophes. */
const typeset = (text: string): string =>
  text
    .replace(/ ([=+−×/]) /g, "\u00a0$1\u00a0")
    .replace(/([½Σ]|\b\d[\d.]*|\b[my]) (?=[(‖]|e²|x\b)/g, "$1\u00a0")
    .replaceAll(" %", "\u00a0%")
    .replaceAll("'", "’");

function overview(chapters: readonly Chapter[]): Markup {
  const rows = chapters.map(({ run, section }) => [
    html`<a href="#${run.program}">${section.title}</a>`,
    formatNumber(run.firstLoss),
    formatNumber(run.lastLoss),
    formatNumber(run.maxRelativeDifference, 2),
  ]);
  return tableOf(["Program", "First loss", "Last loss", "Difference from NumPy"], rows);
}

function chapter({ run, section }: Chapter): Markup {
  const facts =
    `Epochs: ${run.epochs}. Loss: from ${formatNumber(run.firstLoss)} to ${formatNumber(run.lastLoss)}. ` +
    `Largest relative difference from NumPy: ${formatNumber(run.maxRelativeDifference, 2)}.`;
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

/** Draws a figure twice, for a wide and for a narrow window, so that its text is easy to read in both. */
function figure({ name, spec, narrow, caption, broad = false }: Figure): Markup {
  return figureOf({
    id: name,
    drawings: {
      wide: draw(spec, { theme: "auto", id: `${name}-wide`, width: broad ? 1080 : 540 }),
      narrow: draw(narrow?.spec ?? spec, {
        theme: "auto",
        id: `${name}-narrow`,
        width: 320,
        height: narrow?.height ?? 360,
      }),
    },
    caption: typeset(caption),
    full: broad,
  });
}
