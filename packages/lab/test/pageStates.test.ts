// Every state of the page in Chromium has no fault that axe finds, in both themes, and shows what it must show.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { faults } from "./faults.ts";
import { type Page, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 60_000 });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const state = (page: Page, name: string): Promise<void> =>
  poll(() => page.locator(".verdict .state b").innerText()).toBe(name);
const update = (page: Page, count: string): Promise<void> =>
  poll(() => page.locator(".counters .update").innerText()).toBe(count);
const text = (page: Page, part: string, expected: string | RegExp): Promise<void> =>
  poll(async () => (await page.locator(part).allInnerTexts()).join(" ")).toMatch(expected);

/** A state: the end of its address, what happens before the page is opened, and what a person does then. */
interface PageState {
  readonly hash?: string;
  before?(page: Page): Promise<unknown>;
  reach(page: Page): Promise<unknown>;
}

const states: Readonly<Record<string, PageState>> = {
  "a first visit": {
    async reach(page) {
      await state(page, "Ready");
      await text(page, "#tour-title", /^Tour, 1 of 3/);
    },
  },
  "without data: a link names a file": {
    hash: "#1&m=linear&d=file,name:prices.csv,sha256:ab,target:price",
    reach: (page) => text(page, ".failure", /^The data are missing\..*prices\.csv/),
  },
  "while a table is loaded": {
    hash: "#1&d=iris&m=softmax",
    before: (page) => page.route("**/tables/iris.csv", () => {}), // it is never answered
    async reach(page) {
      await text(page, ".verdict", "The run is being prepared.");
      expect(await button(page, "Play").isDisabled()).toBe(true);
      expect(await button(page, "Play").getAttribute("aria-describedby")).toBe("blocked");
      expect(await page.locator("#blocked").innerText()).toBe("The run is being prepared.");
    },
  },
  "ready, with a prediction": {
    hash: "#1&d=line&m=linear&lr=0.3",
    reach: (page) => text(page, ".verdict .sentence", /^With the learning rate 0\.3 this needs about \d+ epochs\./),
  },
  "the gallery of the data": {
    hash: "#1",
    async reach(page) {
      await update(page, "0");
      await page.locator("#data > summary").click();
      expect(await page.locator(".tiles label:visible").count()).toBe(22);
    },
  },
  "kept runs: one has a name, one is hidden, one was removed": {
    hash: "#1&lr=0.1&at=5",
    async reach(page) {
      await update(page, "5");
      for (const rate of ["0.2", "0.3", "40"]) {
        await page.getByRole("textbox", { name: "Learning rate" }).fill(rate);
        await page.keyboard.press("Enter");
        await button(page, "Reset").click();
        await update(page, "0");
        await button(page, "10").click();
        await update(page, "10");
      }
      const marks = await page.locator(".mark.run").all();
      const boxes = await Promise.all(marks.map(async (mark) => (await mark.boundingBox())!));
      expect(boxes).toHaveLength(3);
      for (const [i, a] of boxes.entries()) {
        for (const b of boxes.slice(i + 1)) {
          const isBeside = a.x + a.width <= b.x || b.x + b.width <= a.x;
          expect(isBeside || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
        }
      }
      await page.getByRole("textbox", { name: "Name of run A" }).fill("<b>slow</b> and a long name");
      await page.keyboard.press("Tab");
      await button(page, "Hide run B").click();
      await poll(() => button(page, "Hide run B").getAttribute("aria-pressed")).toBe("true");
      await button(page, "Remove run C").click();
      await text(page, ".runs", "Run C was removed.");
      await text(page, ".runs", "Race with A");
    },
  },
  running: {
    hash: "#1&lr=0.001",
    async reach(page) {
      await button(page, "Play").click();
      await poll(() => button(page, "Pause").getAttribute("aria-pressed")).toBe("true");
      await poll(() => page.locator(".counters .update").innerText()).not.toBe("0");
    },
  },
  "a place of the regions is read by the keyboard": {
    hash: "#1&d=blobs,classes:3&m=softmax&at=20",
    async reach(page) {
      await update(page, "20");
      const chart = page.locator('lab-chart[name="model"]');
      await chart.locator(".reader").focus();
      const spoken = () => chart.locator(".spoken").innerText();
      const read = async (key: string): Promise<readonly number[]> => {
        const before = await spoken();
        await page.keyboard.press(key);
        await poll(spoken).not.toBe(before);
        await poll(spoken).toMatch(/^At /); // the chart may first say what it is
        const found = /^At x1 (\S+), x2 (\S+): A \S+ %, B \S+ %, C \S+ %\.$/.exec(await spoken());
        expect(found).not.toBeNull();
        return [found![1]!, found![2]!].map((text) => Number(text.replace("−", "-")));
      };
      const [middle, right, up] = [await read("ArrowRight"), await read("ArrowRight"), await read("ArrowUp")];
      expect([right[0]! > middle[0]!, right[1]]).toEqual([true, middle[1]]);
      expect([up[0], up[1]! > right[1]!]).toEqual([right[0], true]);
      expect(await chart.locator(".cursor").count()).toBe(1);
    },
  },
  "looking back": {
    hash: "#1&at=20",
    async reach(page) {
      await update(page, "20");
      await page.keyboard.press(",");
      await text(page, ".banner", "You see update 19.");
    },
  },
  "after all epochs": {
    hash: "#1&lr=0.01&e=12&at=12",
    async reach(page) {
      await text(page, ".verdict .sentence", "All epochs are done. It can go on: press “1,000 more epochs”.");
      expect(await button(page, "1,000 more epochs").isEnabled()).toBe(true);
    },
  },
  converged: {
    hash: "#1&d=line&m=linear&lr=0.9&at=100",
    async reach(page) {
      await state(page, "Converged");
      await text(page, "#blocked", "The run has ended.");
    },
  },
  diverged: {
    hash: "#1&d=line&m=linear&lr=2.2&at=60",
    async reach(page) {
      await state(page, "Diverged");
      expect(await button(page, "Step").isDisabled()).toBe(true);
      expect(await page.getByRole("button", { name: /^Back to update \d+, with rate 1\.1$/ }).isEnabled()).toBe(true);
      expect(await page.evaluate("document.activeElement === document.body")).toBe(true); // the focus has not moved
    },
  },
  "after it was hidden": {
    hash: "#1&lr=0.001",
    before: (page) => page.clock.install(),
    async reach(page) {
      const show = (hidden: boolean) =>
        page.evaluate(
          `Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
           document.dispatchEvent(new Event("visibilitychange"));`,
        );
      await button(page, "Play").click();
      await poll(() => button(page, "Pause").count()).toBe(1);
      await show(true);
      await page.clock.fastForward(31_000);
      await text(page, ".note", "The run was paused because the page was hidden. Press Play to go on.");
      await show(false);
      await poll(() => button(page, "Play").count()).toBe(1);
    },
  },
  "after an error of the worker": {
    async reach(page) {
      await button(page, "10").click();
      await update(page, "10");
      await page.workers()[0]!.evaluate(`setTimeout(() => { throw new Error("out of memory"); })`);
      await text(
        page,
        ".failure",
        /^The training has stopped\. The page has made an error\. Press “Start again” to begin the same run again\. /,
      );
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await button(page, "Copy details").click();
      await text(page, ".note", "The details are copied. Paste them into a report of the problem.");
      const copied = (await page.evaluate<string>("navigator.clipboard.readText()")).split("\n");
      expect(copied[0]).toMatch(/^Downhill lab \d+\.\d+\.\d+$/);
      expect(copied.slice(1, 3)).toEqual([
        `Browser: ${await page.evaluate("navigator.userAgent")}`,
        `Link: ${await page.evaluate("location.href")}`,
      ]);
      expect(copied.slice(3).join("\n")).toMatch(/Error: out of memory\n.*:\d+:\d+$/);
      expect(await page.locator("body").innerText()).not.toContain("out of memory");
      await button(page, "Start again").click();
      await update(page, "0");
      await page.workers()[0]!.evaluate(`onmessage({ data: { type: "goBack" } })`); // an error with a stack
      await text(page, ".failure", /^The training has stopped\./);
      await button(page, "Copy details").click();
      await poll(() => page.evaluate<string>("navigator.clipboard.readText()")).toMatch(
        /\nError: session: there is no run on other data\. Start one first\.\n.*\n? +at /,
      );
      expect(await page.locator(".verdict").count()).toBe(0); // which would say how the run goes on
      expect(await page.locator(".failure").getAttribute("role")).toBe("alert");
    },
  },
  "without a network": {
    hash: "#1&lr=0.3",
    async reach(page) {
      await state(page, "Ready");
      await page.context().setOffline(true);
      await button(page, "10").click();
      await update(page, "10");
      await page.getByRole("radio", { name: /Neural network/ }).check(); // a new run
      await update(page, "0");
      await button(page, "10").click();
      await update(page, "10");
    },
  },
};

describe.runIf(hasChromium)("the page in Chromium", () => {
  const site = useSite();

  test.each(Object.entries(states))("%s: no fault", { timeout: TIMEOUT }, async (_, { hash = "", before, reach }) => {
    const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    await before?.(page);
    await page.goto(`${site.address}${hash}`);
    await reach(page);
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await context.close();
  });

  test("without JavaScript, a sentence names the command, and no fault", { timeout: TIMEOUT }, async () => {
    const context = await site.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.address);
    expect(await page.locator("body").innerText()).toMatch(/needs JavaScript.*npx downhill train/);
    await context.close();
    // axe needs scripts: it checks the same page without the page's script.
    const other = await site.browser.newPage();
    const html = readFileSync(fileURLToPath(new URL("../dist/site/index.html", import.meta.url)), "utf8");
    await other.setContent(html.replaceAll(/<script[^>]*><\/script>|<\/?noscript>/g, ""));
    expect(await other.locator("body").innerText()).toMatch(/needs JavaScript/);
    expect(await faults(other)).toEqual([]);
    await other.close();
  });
});
