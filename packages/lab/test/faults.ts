// The faults of accessibility that axe finds on a page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Site } from "./site.ts";

type Page = Awaited<ReturnType<Site["browser"]["newPage"]>>;

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** The rules about colours, which are the only ones that depend on the theme. */
const COLOURS = { runOnly: { type: "tag", values: ["cat.color"] } };

const found = (page: Page, options: object): Promise<string[]> =>
  page.evaluate(
    `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))`,
  );

/** The faults in the light theme, and those of the colours in the dark theme. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  await page.emulateMedia({ colorScheme: "light" });
  const light = await found(page, {});
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await found(page, COLOURS);
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark.map((fault) => `dark theme, ${fault}`)];
}
