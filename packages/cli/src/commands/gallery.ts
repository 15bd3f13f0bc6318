// downhill gallery: runs the programs of the two articles, compares the results with NumPy, and draws them.
import { join } from "node:path";
import { formatCount, formatNumber } from "@downhill/plots/format";
import { exitCodes } from "../errors/errors.ts";
import type { GalleryOptions } from "../options/otherOptions.ts";
import { checkDirectory } from "../output/checkDirectory.ts";
import { writeOutput } from "../output/writeOutput.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Runs `downhill gallery`. */
export async function galleryCommand(
  { out, json, force = false }: GalleryOptions,
  { stdout, stderr }: Terminal,
): Promise<number> {
  checkDirectory("gallery", { directory: out, kind: "gallery", force });
  const { galleryFiles, runGallery } = await import("@downhill/gallery");
  const runs = runGallery();
  const files = galleryFiles(runs);
  for (const { name, text } of files) await writeOutput(join(out, name), text);
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
      formatCount(epochs),
      formatNumber(firstLoss),
      formatNumber(lastLoss),
      formatNumber(maxRelativeDifference, 2),
    ]),
  ]);
  stderr.line(`${files.length} files written to ${out}. Open ${join(out, files[0]!.name)} in a browser.`);
  return exitCodes.ok;
}
