// downhill gallery: the articles' programs, run, compared with their numbers, and drawn.
import { existsSync, statSync } from "node:fs";
import { exitCodes, show, UsageError } from "../errors.ts";
import type { GalleryOptions } from "../options/others.ts";
import { grouped, sayNumber } from "../say.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Runs `downhill gallery`. */
export async function galleryCommand({ out, json }: GalleryOptions, { stdout, stderr }: Terminal): Promise<number> {
  if (existsSync(out) && !statSync(out).isDirectory()) {
    throw new UsageError(`gallery: --out must be a directory, got the file ${show(out)}. Name another.`);
  }
  const { runGallery, writeGallery } = await import("@downhill/articles");
  const runs = runGallery();
  const paths = await writeGallery(out, runs);
  if (json) {
    for (const { program, epochs, firstLoss, lastLoss, maxRelativeDifference } of runs) {
      stdout.json({ program, epochs, firstLoss, lastLoss, maxRelativeDifference });
    }
    return exitCodes.ok;
  }
  stdout.table([
    ["program", "epochs", "first loss", "last loss", "largest difference from NumPy"],
    ...runs.map(({ program, epochs, firstLoss, lastLoss, maxRelativeDifference }) => [
      program,
      grouped(epochs),
      sayNumber(firstLoss),
      sayNumber(lastLoss),
      sayNumber(maxRelativeDifference, 2),
    ]),
  ]);
  stderr.line(`${paths.length} files written to ${out}: open ${paths[0]}`);
  return exitCodes.ok;
}
