import { draw } from "@downhill/plots";
import type { GalleryRun, Result } from "../programs/runGallery.ts";
import { factorizationSection } from "./factorizationSection.ts";
import { linearSection } from "./linearSection.ts";
import { lineSection } from "./lineSection.ts";
import { logisticSection } from "./logisticSection.ts";
import { networkSection } from "./networkSection.ts";
import { page } from "./pageHtml.ts";
import type { Section } from "./section.ts";
import { softmaxSection } from "./softmaxSection.ts";
import { svmSection } from "./svmSection.ts";

/**
 * The files of the gallery: the page index.html, which contains all figures, and one SVG file per figure. The same runs
 * give the same text.
 */
export function galleryFiles(runs: readonly GalleryRun[]): { readonly name: string; readonly text: string }[] {
  const chapters = runs.map((run) => ({ run, section: sectionOf(run.result) }));
  const figures = chapters.flatMap(({ section }) => section.parts.flatMap((part) => part.figures));
  return [
    { name: "index.html", text: page(chapters) },
    ...figures.map(({ name, spec }) => ({ name: `${name}.svg`, text: draw(spec, { id: name }) })),
  ];
}

/** The page's section about a program. */
export function sectionOf(result: Result): Section {
  switch (result.program) {
    case "line":
      return lineSection(result);
    case "linear":
      return linearSection(result);
    case "logistic":
      return logisticSection(result);
    case "softmax":
      return softmaxSection(result);
    case "network":
      return networkSection(result);
    case "svm":
      return svmSection(result);
    case "factorization":
      return factorizationSection(result);
  }
}
