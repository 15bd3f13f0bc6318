import { draw } from "@downhill/plots";
import type { GalleryRun } from "../runs.ts";
import { page } from "./html.ts";
import { sectionOf } from "./sections.ts";

/** The files of the gallery: the page, and each of its figures as an SVG of its own. */
export function galleryFiles(runs: readonly GalleryRun[]): { readonly name: string; readonly text: string }[] {
  const chapters = runs.map((run) => ({ run, section: sectionOf(run.result) }));
  const figures = chapters.flatMap(({ section }) => section.parts.flatMap((part) => part.figures));
  return [
    { name: "index.html", text: page(chapters) },
    ...figures.map(({ name, spec }) => ({ name: `${name}.svg`, text: draw(spec, { id: name }) })),
  ];
}
