import { draw } from "@downhill/plots";
import type { GalleryRun } from "../programs/runGallery.ts";
import { page } from "./pageHtml.ts";
import { sectionOf } from "./sections.ts";

/**
 * The files of the gallery: the page index.html, which holds all figures, and each figure as an SVG of its own.
 * The same runs give the same text.
 */
export function galleryFiles(runs: readonly GalleryRun[]): { readonly name: string; readonly text: string }[] {
  const chapters = runs.map((run) => ({ run, section: sectionOf(run.result) }));
  const figures = chapters.flatMap(({ section }) => section.parts.flatMap((part) => part.figures));
  return [
    { name: "index.html", text: page(chapters) },
    ...figures.map(({ name, spec }) => ({ name: `${name}.svg`, text: draw(spec, { id: name }) })),
  ];
}
