// The picture of the model has three sizes where the page is wide; a link has the size.
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { type Page, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 60_000 });

describe.runIf(hasChromium)("the size of the picture of the model", () => {
  const site = useSite();

  async function open(hash: string, width = 1440): Promise<Page> {
    const page = await (await site.browser.newContext({ viewport: { width, height: 900 } })).newPage();
    await page.goto(`${site.address}${hash}`);
    await poll(() => page.locator('lab-chart[name="model"] canvas').count()).toBe(1);
    return page;
  }
  const choice = (page: Page) => page.getByRole("combobox", { name: "Size of the picture of the model" });
  const boxOf = async (page: Page, name: string) =>
    (await page.locator(`lab-chart[name="${name}"] canvas`).boundingBox())!;
  /** Whether no chart covers another one, and the page does not scroll to the side. */
  async function fits(page: Page): Promise<void> {
    const boxes = await Promise.all(["model", "loss", "surface", "step"].map((name) => boxOf(page, name)));
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  }

  test("small, medium and large have pictures of growing width, and charts that do not cover each other", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&at=5&lock=1"); // the size can be chosen in a locked page too
    const width = async () => (await boxOf(page, "model")).width;
    let before = await width();
    await choice(page).selectOption("small");
    await poll(width).toBeLessThan(before - 50);
    await fits(page);
    for (const size of ["medium", "large"]) {
      before = await width();
      await choice(page).selectOption(size);
      await poll(width).toBeGreaterThan(before + 50);
      await fits(page);
    }
    before = await width();
    expect(await page.locator(".counters .update").innerText()).toBe("5"); // the run goes on
    await page.waitForFunction(`location.hash.includes("size=large")`);
    const again = await open(`${new URL(page.url()).hash}&hide=setup`);
    expect((await boxOf(again, "model")).width).toBeGreaterThan(before + 200);
    await fits(again);
    await again.context().close();
    await page.context().close();
  });

  test("a narrow page has one size", { timeout: TIMEOUT }, async () => {
    for (const width of [1024, 390]) {
      const [page, large] = [await open("#1", width), await open("#1&size=large", width)];
      expect(await choice(large).isVisible()).toBe(false);
      expect(await boxOf(large, "model")).toEqual(await boxOf(page, "model"));
      await page.context().close();
      await large.context().close();
    }
  });
});
