// Points are drawn with the keyboard alone: the place by the arrow keys, and what to do there by other keys.
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { chooseData, type Page, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 60_000 });

describe.runIf(hasChromium)("the keyboard", () => {
  const site = useSite();
  const errors: string[] = [];

  const reader = (page: Page) => page.locator('lab-chart[name="model"] .reader');

  /** Puts the focus on the picture of the model, and writes down what it says from now on. */
  async function listen(page: Page): Promise<void> {
    await reader(page).focus();
    await page.evaluate(`{
      const spoken = document.querySelector('lab-chart[name="model"] > .spoken');
      window.transcript = [];
      new MutationObserver(() => window.transcript.push(spoken.textContent)).observe(spoken, { childList: true, subtree: true, characterData: true });
    }`);
  }

  /** A page with drawn points, and the focus on the picture. */
  async function open(hash: string): Promise<Page> {
    const page = await (await site.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(`${site.address}${hash}`);
    await chooseData(page, "drawn");
    await page.locator(".drawing-tools summary").click();
    await page.getByRole("button", { name: "Begin again with four points" }).click();
    await poll(() => count(page)).toBe("Table of 4 points");
    // The picture of these points, which are all between −1 and 1, follows in a frame.
    const end = `document.querySelector('lab-chart[name="model"]').scene?.axes[0].domain[1] ?? Infinity`;
    await poll(() => page.evaluate<number>(end)).toBeLessThan(1.7);
    await listen(page);
    return page;
  }
  const count = (page: Page) => page.locator(".drawing-tools summary").innerText();
  /** Everything that the chart has said; a later text can replace an earlier one at once. */
  const transcript = (page: Page) => page.evaluate<string[]>("window.transcript");
  const said = (page: Page, text: string | RegExp) =>
    poll(() => transcript(page)).toContainEqual(expect.stringMatching(text));
  const cell = (page: Page, name: string) => page.getByRole("textbox", { name }).inputValue().then(Number);
  const close = async (page: Page) => {
    expect(errors).toEqual([]);
    await page.context().close();
  };

  test("adds a point of the next class at the place that it has chosen, and removes it", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1");
    await page.keyboard.press("ArrowRight"); // the middle
    await page.keyboard.press("c");
    await said(page, "Class B.");
    await page.keyboard.press("Enter");
    await poll(() => count(page)).toBe("Table of 5 points");
    await said(page, "A point was added.");
    expect(await page.getByRole("combobox", { name: "class of point 5" }).inputValue()).toBe("1");
    const middle = [await cell(page, "x1 of point 5"), await cell(page, "x2 of point 5")];
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await poll(() => count(page)).toBe("Table of 6 points");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Enter");
    await poll(() => count(page)).toBe("Table of 7 points");
    const [far, near] = [await cell(page, "x1 of point 6"), await cell(page, "x1 of point 7")];
    expect((near - far) / (far - middle[0]!)).toBeCloseTo(0.1, 2);
    expect(await cell(page, "x2 of point 7")).toBe(middle[1]);
    await page.keyboard.press("Delete");
    await poll(() => count(page)).toBe("Table of 6 points");
    await said(page, "The nearest point was removed.");
    expect(await cell(page, "x1 of point 6")).toBe(far);
    await page.getByRole("button", { name: "Begin again with four points" }).click();
    await poll(() => count(page)).toBe("Table of 4 points");
    await reader(page).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Delete");
    await said(page, "A run needs at least 4 points. Add a point before you remove this one.");
    expect(await count(page)).toBe("Table of 4 points");
    await close(page);
  });

  test("draws points of a line, and its help names the keys", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&d=line&m=linear");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await poll(() => count(page)).toBe("Table of 5 points");
    await page.keyboard.press("h");
    await poll(() => page.locator('lab-chart[name="model"] .help').innerText()).toContain(
      "Delete: remove the nearest point.",
    );
    await close(page);
  });

  test("reads other data as before: Enter is the summary", { timeout: TIMEOUT }, async () => {
    const page = await (await site.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await page.goto(`${site.address}#1&at=3`);
    await poll(() => page.locator(".counters .update").innerText()).toBe("3");
    await listen(page);
    await page.keyboard.press("ArrowRight");
    await said(page, /^At x1/);
    await page.keyboard.press("Enter");
    await said(page, "Probability of B over x1 and x2.");
    await page.context().close();
  });
});
