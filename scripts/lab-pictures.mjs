// npm run lab-pictures: makes the screenshots of docs/guides/lab.md and README.md from the built page, in Chromium.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./chromium.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));

/** The pictures: a link, its updates are done at once, the size of the window, and a part that is opened. */
const pictures = [
  { name: "start", hash: "#1&s=1" },
  { name: "diverged", hash: "#1&d=line&m=linear&lr=2.2&at=60" },
  {
    name: "network",
    hash: "#1&d=spiral&m=network,hidden:16&o=adam&lr=0.05&e=1000&at=400",
    colorScheme: "dark",
    open: "Hidden units",
  },
  { name: "ratings", hash: "#1&d=ratings&m=factorization&o=adam&lr=0.05&b=16&at=600" },
  { name: "phone", hash: "#1&at=40", width: 390, height: 844 },
];

const server = spawn(process.execPath, [join(root, "packages/cli/bin/downhill.js"), "lab", "--no-open"]);
try {
  const { value: address } = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next();
  const browser = await launchChromium();
  for (const { name, hash, width = 1440, height = 900, colorScheme = "light", open } of pictures) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(`${address}${hash}`);
    const updates = Number(/&at=(\d+)/.exec(hash)?.[1] ?? 0).toLocaleString("en");
    const counter = page.locator(".counters .update").getByText(updates, { exact: true });
    await counter.or(page.locator('[data-verdict="diverged"]')).waitFor({ timeout: 60_000 });
    if (open !== undefined) await page.locator("summary", { hasText: open }).click();
    await page.waitForTimeout(1500); // the charts of a paused run are drawn in more detail
    const path = join(root, "docs/guides", `lab-${name}.png`);
    await page.screenshot({ path });
    console.log(path);
    await context.close();
  }
  await browser.close();
} finally {
  server.kill();
}
