import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { galleryFiles } from "./page/files.ts";
import type { GalleryRun } from "./runs.ts";

/**
 * Writes the gallery: index.html, which holds all figures, and one SVG per figure. The same runs give the same bytes.
 *
 * @param directory  made when it is not there; each file is written beside its place and then renamed
 * @returns the paths written, index.html first
 */
export async function writeGallery(directory: string, runs: readonly GalleryRun[]): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const paths: string[] = [];
  for (const { name, text } of galleryFiles(runs)) {
    const path = join(directory, name);
    await writeFile(`${path}.part`, text);
    await rename(`${path}.part`, path);
    paths.push(path);
  }
  return paths;
}
