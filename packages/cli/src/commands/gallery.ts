// downhill gallery: the articles' programs, run, compared with their numbers, and drawn.
import { existsSync, statSync } from "node:fs";
import { exitCodes, show, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import type { GalleryOptions } from "../options/others.ts";
import { grouped, sayNumber } from "../say.ts";
import { aligned, styleOf } from "../terminal/style.ts";

/** Runs `downhill gallery`. */
export async function galleryCommand({ out, json }: GalleryOptions, io: Io): Promise<number> {
  if (existsSync(out) && !statSync(out).isDirectory()) {
    throw new UsageError(`gallery: --out must be a directory, got the file ${show(out)}. Name another.`);
  }
  const { runGallery, writeGallery } = await import("@downhill/articles");
  const runs = runGallery();
  const paths = await writeGallery(out, runs);
  if (json) {
    for (const { program, epochs, firstLoss, lastLoss, maxRelativeDifference } of runs) {
      io.stdout.write(`${JSON.stringify({ program, epochs, firstLoss, lastLoss, maxRelativeDifference })}\n`);
    }
    return exitCodes.ok;
  }
  const style = styleOf(io);
  const table = aligned([
    ["program", "epochs", "first loss", "last loss", "largest difference from NumPy"],
    ...runs.map(({ program, epochs, firstLoss, lastLoss, maxRelativeDifference }) => [
      program,
      grouped(epochs),
      sayNumber(firstLoss),
      sayNumber(lastLoss),
      maxRelativeDifference.toExponential(1).replace("-", "−"),
    ]),
  ]);
  for (const line of table) io.stdout.write(`${style.fit(line)}\n`);
  io.stderr.write(`${paths.length} files written to ${out}: open ${paths[0]}\n`);
  return exitCodes.ok;
}
