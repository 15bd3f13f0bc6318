import { draw } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import type { GalleryRun } from "../runs.ts";
import type { Figure, Part, Section } from "./section.ts";
import { style } from "./style.ts";
import { escaped, typeset } from "./words.ts";

/** A program and what the page says of it. */
export interface Chapter {
  readonly run: GalleryRun;
  readonly section: Section;
}

/** The gallery as one HTML document that asks for nothing else: no script, no request, every figure inside. */
export function page(chapters: readonly Chapter[]): string {
  const largest = Math.max(...chapters.map(({ run }) => run.maxRelativeDifference));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Seven programs of gradient descent</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Seven programs of gradient descent</h1>
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
${chapters.map(chapter).join("\n")}
</main>
</body>
</html>
`;
}

const paragraph = (text: string): string => `<p>${escaped(typeset(text))}</p>`;

/** A table may be wider than a narrow screen: it scrolls by itself, by keys too. */
const scrolling = (label: string): string =>
  `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(label)}">`;

function overview(chapters: readonly Chapter[]): string {
  const rows = chapters.map(
    ({ run, section }) =>
      `<tr><th scope="row"><a href="#${run.program}">${escaped(section.title)}</a></th>` +
      [
        String(run.epochs),
        formatNumber(run.firstLoss),
        formatNumber(run.lastLoss),
        formatNumber(run.maxRelativeDifference, 2),
      ]
        .map((text) => `<td class="number">${text}</td>`)
        .join("") +
      "</tr>",
  );
  const head = ["Epochs", "First loss", "Last loss", "Difference from NumPy"];
  return `${scrolling("Overview")}<table>
<thead><tr><th scope="col">Program</th>${head.map((text) => `<th scope="col" class="number">${text}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}

function chapter({ run, section }: Chapter): string {
  const facts =
    `${run.epochs} epochs; loss from ${formatNumber(run.firstLoss)} to ${formatNumber(run.lastLoss)}; ` +
    `largest relative difference from NumPy ${formatNumber(run.maxRelativeDifference, 2)}.`;
  return `<section id="${run.program}">
<h2>${escaped(section.title)}</h2>
<p class="facts">${typeset(facts)}</p>
${section.parts.map(part).join("\n")}
</section>`;
}

function part({ title, paragraphs, table, figures }: Part): string {
  return [
    ...(title === undefined ? [] : [`<h3>${escaped(typeset(title))}</h3>`]),
    ...paragraphs.map(paragraph),
    ...(table === undefined ? [] : [tableHtml(table)]),
    ...(figures.length === 0 ? [] : [`<div class="figures">\n${figures.map(figure).join("\n")}\n</div>`]),
  ].join("\n");
}

function tableHtml({ head, rows }: NonNullable<Part["table"]>): string {
  const cells = (kind: "th" | "td", texts: readonly string[]): string =>
    texts.map((text) => `<${kind}${kind === "th" ? ' scope="col"' : ""}>${escaped(text)}</${kind}>`).join("");
  const body = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n");
  return `${scrolling(head.join(", "))}<table>\n<thead><tr>${cells("th", head)}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

/** Drawn twice, so that the words in it stay legible: for a screen with room and for a narrow one. The style shows one. */
function figure({ name, spec, narrow: own, caption, broad = false }: Figure): string {
  const wide = draw(spec, { theme: "auto", id: `${name}-wide`, width: broad ? 1080 : 540 });
  const narrow = draw(own?.spec ?? spec, {
    theme: "auto",
    id: `${name}-narrow`,
    width: 320,
    height: own?.height ?? 360,
  });
  return `<figure id="${name}"${broad ? ' class="broad"' : ""}>
<div class="wide">${wide}</div>
<div class="narrow">${narrow}</div>
<figcaption>${escaped(typeset(caption))}</figcaption>
</figure>`;
}
