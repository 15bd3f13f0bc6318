// Reports about tables whose names and labels attack the page: no script runs, and no request leaves it.
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasChromium, launchChromium } from "../../../../scripts/chromium.mjs";
import { downhill, Scratch } from "../world.ts";
import { counts, firstSeed, limit } from "./counts.ts";
import { chance, hostileTexts } from "./hostile.ts";

const scratch = new Scratch();
let browser: Browser | undefined;
beforeAll(async () => {
  if (hasChromium) browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  scratch.remove();
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function hostileReport(seed: number): { data: string; target: string } {
  const chosen = chance(seed);
  const names = [...new Set(Array.from({ length: 4 }, () => `${chosen.one(hostileTexts)}${chosen.below(9)}`))];
  const labels = Array.from({ length: 3 }, (_, k) => `${chosen.one(hostileTexts)}${k}`);
  const rows = Array.from({ length: 40 }, (_, i) => [
    ...names.slice(1).map(() => chosen.below(9)),
    quoted(labels[i % 3]!),
  ]);
  const target = names[0]!;
  const header = [...names.slice(1), target].map(quoted).join(",");
  const data = scratch.file(`hostile${seed}.csv`, `${header}\n${rows.map((row) => row.join(",")).join("\n")}\n`);
  return { data, target };
}

test.runIf(hasChromium)("hostile reports in Chromium", { timeout: limit }, async () => {
  let drawn = 0;
  for (let seed = firstSeed; seed < firstSeed + counts.reports; seed++) {
    const { data, target } = hostileReport(seed);
    const report = scratch.at(`r${seed}.html`);
    const ran = await downhill([
      "train",
      data,
      "--target",
      target,
      "--epochs",
      "3",
      "--save",
      scratch.at(`m${seed}.json`),
      "--report",
      report,
    ]);
    expect([0, 2, 3], `seed ${seed}: ${ran.stderr}`).toContain(ran.code);
    if (ran.code !== 0) continue;
    drawn += 1;
    const page = await browser!.newPage();
    const seen: string[] = [];
    page.on("dialog", (dialog) => {
      seen.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => seen.push(request.url()));
    await page.setContent(readFileSync(report, "utf8"), { waitUntil: "load" });
    await page.waitForTimeout(50);
    expect(seen, `seed ${seed}`).toEqual([]);
    await page.close();
  }
  console.log(`hostile reports: ${drawn} of ${counts.reports} drawn`);
  expect(drawn).toBeGreaterThan(counts.reports / 2);
});
