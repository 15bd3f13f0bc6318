// The built page in Chromium: what a person sees and does.

import { readFileSync } from "node:fs";
import type { Scene } from "@downhill/plots";
import { afterAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { finalLoss } from "../src/state/finalLoss.ts";
import { labRun } from "../src/state/labRun.ts";
import { initialState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { faults } from "./faults.ts";
import { chooseData, type Page, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine

/** The objectives of the loss chart, by the number of updates. */
const losses = async (page: Page): Promise<Map<number, number>> => {
  const table = (await sceneOf(page, "loss")).a11y.table;
  return new Map(
    table.rows.filter(([name]) => String(name).includes("training")).map(([, t, y]) => [t, y] as [number, number]),
  );
};

const sceneOf = (page: Page, name: string): Promise<Scene> =>
  page.evaluate(`document.querySelector('lab-chart[name="${name}"]').scene`);

/** Waits until a value is as expected; for a busy machine. */
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 60_000 });

const counter = (page: Page): Promise<string> => page.locator(".counters .update").innerText();
const update = (page: Page, count: string): Promise<void> => poll(() => counter(page)).toBe(count);
const verdict = (page: Page): Promise<string> => page.locator(".verdict .state b").innerText();

describe.runIf(hasChromium)("the page in Chromium", () => {
  const site = useSite();
  const errors: string[] = [];

  async function open(options: { readonly width?: number; readonly hash?: string } = {}): Promise<Page> {
    const { width = 1440, hash = "" } = options;
    const context = await site.browser.newContext({
      viewport: { width, height: 900 },
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(`${site.address}${hash}`);
    await update(page, "0");
    await page.waitForFunction(`document.querySelector('lab-chart[name="model"]').scene`);
    return page;
  }

  afterAll(async () => {});

  test("is paused at the start; a step is one update, with the bits of the library", { timeout: TIMEOUT }, async () => {
    const page = await open();
    expect(await verdict(page)).toBe("Ready");
    await page.getByRole("button", { name: "Step", exact: true }).click();
    await update(page, "1");
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "11");
    const expected: number[] = [];
    for (const { history } of labRun(initialState, ownTable(initialState)!).prepare({ every: "epoch" }).steps()) {
      expected.push(finalLoss(history));
    }
    const own = await losses(page);
    for (let t = 1; t <= 11; t++) expect(own.get(t)).toBe(expected[t - 1]);
    await page.getByRole("button", { name: "Reset" }).click();
    await update(page, "0");
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "10");
    expect((await losses(page)).get(10)).toBe(expected[9]);
    expect(await page.locator(".runs tbody tr").count()).toBe(2);
    await page.context().close();
  });

  test("the table of the runs and the ruler have the colour and the marker that a run has in the charts", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open();
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "10");
    await page.getByRole("textbox", { name: "Learning rate" }).fill("0.2");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Reset" }).click();
    await update(page, "0");
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "10");
    await poll(() => page.locator(".runs tbody tr").count()).toBe(2);
    /** The colour of an element, as the page computes it. */
    const colorOf = `(element) => getComputedStyle(element).color`;
    const marks =
      (await page.evaluate(`[".runs tr.present th", ".runs tr:nth-child(2) th", ".mark.run"].map((place) => {
      const mark = document.querySelector(place).querySelector("svg");
      return [(${colorOf})(mark), mark.querySelector("path").getAttribute("d")];
    })`)) as [string, string][];
    const chart = (await page.evaluate(`(() => {
      const { legend } = document.querySelector('lab-chart[name="loss"]').scene;
      const probe = document.body.appendChild(document.createElement("i"));
      return ["Run B: training", "A"].map((name) => {
        const { marker } = legend.find((item) => item.name === name).key;
        probe.style.color = marker.fill[0]; // the light theme
        return [(${colorOf})(probe), marker.shape];
      });
    })()`)) as [string, string][];
    expect(chart.map(([, shape]) => shape)).toEqual(["square", "circle"]);
    expect(marks.map(([color]) => color)).toEqual([chart[0]![0], chart[1]![0], chart[1]![0]]);
    expect(marks.map(([, d]) => (/A/.test(d) ? "circle" : "square"))).toEqual(["square", "circle", "circle"]);
    expect(marks[0]![0]).not.toBe(marks[1]![0]);
    await page.context().close();
  });

  test("nothing moves when the facts and the charts come", { timeout: TIMEOUT }, async () => {
    const page = await open();
    await poll(() => page.evaluate(`document.querySelector('lab-chart[name="surface"]').scene !== null`)).toBe(true);
    // The sum of the browser's layout shifts: the share of the window that moved, times how far it moved.
    const moved = await page.evaluate(`new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0)))
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(resolve, 1000, 0);
    })`);
    expect(moved).toBeLessThan(0.02);
    await page.context().close();
  });

  test("a rate that is far too large is replaced by one with which the run does not diverge again", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open({ hash: "#1&lr=1000" });
    await update(page, "0");
    await page.keyboard.press("2");
    await poll(() => verdict(page)).toBe("Diverged");
    await page.getByRole("button", { name: "Back to update 0, with rate 5.4" }).click();
    await page.keyboard.press("2");
    await poll(() => verdict(page)).toBe("Converged");
    await page.context().close();
  });

  test("a rate that is too large diverges; one button goes back and repairs the run", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open();
    await chooseData(page, "line");
    await page.getByRole("textbox", { name: "Learning rate" }).fill("2.6");
    await page.getByRole("textbox", { name: "Learning rate" }).press("Enter");
    await poll(() => page.locator(".forecast").innerText()).toContain("diverges");
    await page.getByRole("button", { name: "100", exact: true }).click();
    await poll(() => verdict(page)).toBe("Diverged");
    expect(await page.getByRole("button", { name: "Play", exact: true }).isDisabled()).toBe(true);
    expect(await page.locator(".verdict .sentence").innerText()).toContain("2.6");
    await page.getByRole("button", { name: /Back to update \d+, with rate 1.3/ }).click();
    await poll(() => page.getByRole("button", { name: "Play", exact: true }).isDisabled()).toBe(false);
    await page.getByRole("button", { name: "100", exact: true }).click();
    await poll(() => verdict(page)).toBe("Converged");
    await page.context().close();
  });

  test("a value that is not allowed is reported, and changes nothing", { timeout: TIMEOUT }, async () => {
    const page = await open();
    const rate = page.getByRole("textbox", { name: "Learning rate" });
    await rate.fill("fast");
    await rate.press("Enter");
    await poll(() => page.locator(".problem").innerText()).toMatch(/Learning rate must be .*got “fast”/);
    await poll(() => rate.inputValue()).toBe("fast");
    await rate.fill("0.2");
    await rate.press("Enter");
    await poll(() => page.locator(".problem").count()).toBe(0);
    await page.context().close();
  });

  test("is used by keyboard alone: play, pause, look back, read a chart, change the rate", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open();
    await page.locator("body").press("2");
    await update(page, "100");
    await page.keyboard.press(",");
    await update(page, "99");
    expect(await page.locator(".banner").innerText()).toContain("update 99");
    await page.keyboard.press(".");
    await update(page, "101");
    await page.keyboard.press("k");
    await poll(() => page.getByRole("button", { name: "Pause", exact: true }).count()).toBe(1);
    await page.keyboard.press("k");
    await poll(() => page.getByRole("button", { name: "Play", exact: true }).count()).toBe(1);
    await page.keyboard.press("r");
    await update(page, "0");
    await page.keyboard.press("1");
    await update(page, "10");
    await page.locator('lab-chart[name="loss"] .reader').focus();
    await page.keyboard.press("End");
    await poll(() => page.locator('lab-chart[name="loss"] .spoken').innerText()).toMatch(/Updates 10, Loss 0\.\d+/);
    await page.keyboard.press("t");
    expect(await page.locator('lab-chart[name="loss"] table').count()).toBe(1);
    await page.keyboard.press("Escape");
    expect(await page.locator('lab-chart[name="loss"] table').count()).toBe(0);
    await page.getByRole("slider", { name: /Learning rate/ }).focus();
    await page.keyboard.press("ArrowRight");
    await poll(() => page.getByRole("textbox", { name: "Learning rate" }).inputValue()).toBe("0.126");
    await poll(() => page.locator(".note").innerText()).toContain("Changed at update 10: learning rate 0.126.");
    await page.context().close();
  });

  test.each([1440, 390])(
    "has no fault that axe finds, also with all its parts open: %d px",
    {
      timeout: TIMEOUT,
    },
    async (width) => {
      const page = await open({ width });
      await page.keyboard.press("1");
      await update(page, "10");
      await page.locator(".verdict summary").click();
      await page.getByRole("button", { name: "Table", exact: true }).first().click();
      await page.getByRole("button", { name: "Help" }).click();
      await page.getByRole("button", { name: "Reset" }).click();
      await update(page, "0");
      expect(await faults(page)).toEqual([]);
      const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      expect(overflow).toBeLessThanOrEqual(0);
      await page.context().close();
    },
  );

  test("a first visit has a tour, which plays three learning rates and can be skipped", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open();
    const title = () => page.locator("#tour-title").innerText();
    expect(await title()).toContain("too slow");
    await page.getByRole("button", { name: "Play with a tiny learning rate" }).click();
    await poll(() => verdict(page)).toBe("Too slow");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("button", { name: "Play with a huge learning rate" }).click();
    await poll(() => verdict(page)).toBe("Zigzag");
    await page.getByRole("button", { name: "Skip the tour" }).click();
    expect(await page.locator("#tour-title").count()).toBe(0);
    await page.reload();
    await update(page, "0");
    expect(await page.locator("#tour-title").count()).toBe(0);
    await chooseData(page, "ratings");
    await page.getByRole("button", { name: "Help" }).click();
    await page.getByRole("button", { name: "Take the tour" }).click();
    await poll(() => page.locator(".tour").innerText()).toContain("the best learning rate is not known before the run");
    expect(await page.getByRole("button", { name: "Play with a tiny learning rate" }).isDisabled()).toBe(true);
    await page.getByText("Examples", { exact: true }).click();
    await page.getByRole("button", { name: "The ravine" }).click();
    await poll(() => page.locator("#example-title").innerText()).toBe("Mission: The ravine");
    expect(await page.locator("#tour-title").count()).toBe(0);
    await page.context().close();
  });

  test("the tour fits a phone: buttons of 44 px, the verdict in sight, no other notes; at its end the focus is on the controls", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open({ width: 390 });
    const buttons = page.locator(".tour button");
    for (const [name, state] of [
      ["Play with a tiny learning rate", "Too slow"],
      ["Play with a huge learning rate", "Zigzag"],
      ["Play with the best learning rate", "Converged"],
    ] as const) {
      await page.getByRole("button", { name }).click();
      await poll(() => verdict(page)).toBe(state);
      expect(
        await page.locator(".verdict .state").evaluate((part) => part.getBoundingClientRect().bottom),
      ).toBeLessThan(700);
      expect(await page.locator(".note").count()).toBe(0);
      for (const box of await Promise.all((await buttons.all()).map((each) => each.boundingBox())))
        expect(box!.height).toBeGreaterThanOrEqual(44);
      expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      await page.getByRole("button", { name: /^(Next|End the tour)$/ }).click();
    }
    expect(await page.locator(".tour").count()).toBe(0);
    expect(await page.evaluate("document.activeElement.id")).toBe("transport");
    await page.context().close();
  });

  test("a link has the settings, and opens the same run on another page", { timeout: TIMEOUT }, async () => {
    const page = await open();
    await chooseData(page, "circles");
    await page.getByRole("radio", { name: /Neural network/ }).check();
    const rate = page.getByRole("textbox", { name: "Learning rate" });
    await rate.fill("0.7");
    await rate.press("Enter");
    await poll(() => page.url()).toMatch(/#1&m=network&d=circles&lr=0\.7$/);
    await update(page, "0");
    await page.keyboard.press("Tab"); // leaves the field
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "10");
    const loss = (await losses(page)).get(10);
    const other = await open({ hash: new URL(page.url()).hash });
    await other.getByRole("button", { name: "10", exact: true }).click();
    await update(other, "10");
    expect((await losses(other)).get(10)).toBe(loss);
    await Promise.all([page.context().close(), other.context().close()]);
    const wrong = await open({ hash: "#1&lr=abc&colour=red" });
    expect(await wrong.locator(".note").innerText()).toMatch(/lr.*abc[\s\S]*colour/);
    await wrong.context().close();
  });

  test("shares a program, and saves files and charts", { timeout: TIMEOUT }, async () => {
    const page = await open();
    await page.keyboard.press("1");
    await update(page, "10");
    await page.getByText("Share", { exact: true }).click();
    await page.getByRole("button", { name: "Copy as TypeScript" }).click();
    await poll(() => page.locator(".exported textarea").inputValue()).toContain("logisticRegression");
    const saved = async (act: () => Promise<void>): Promise<string> => {
      const [file] = await Promise.all([page.waitForEvent("download"), act()]);
      return `${file.suggestedFilename()} ${readFileSync((await file.path())!)
        .subarray(0, 20)
        .toString("latin1")}`;
    };
    const menu = (name: string) => async () => {
      await page.getByText("Share", { exact: true }).click();
      await page.getByRole("button", { name }).click();
    };
    expect(await saved(menu("Save the run"))).toMatch(/^run.json \{\n "kind": "downhill/);
    expect(await saved(menu("Save the losses"))).toMatch(/^losses.csv .*update/);
    expect(await saved(menu("Save as a notebook"))).toMatch(/^train.ipynb \{/);
    const chart = (kind: string) => async () => {
      await page.locator('lab-chart[name="loss"] summary').click();
      await page.locator('lab-chart[name="loss"]').getByRole("button", { name: kind }).click();
    };
    expect(await saved(chart("PNG"))).toMatch(/^loss.png \x89PNG/);
    expect(await saved(chart("SVG"))).toMatch(/^loss.svg <svg/);
    expect(await saved(chart("CSV"))).toMatch(/^loss.csv Run,/);
    await page.context().close();
  });

  test("trains on a table that comes with the page, and shows when a mission is done", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open();
    await chooseData(page, "wine");
    await poll(() => page.locator(".fact").first().innerText()).toMatch(/13\d training rows, 4\d held out/);
    expect(await page.locator(".note").innerText()).toContain("more than two classes");
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "10");
    await page.getByText("Examples", { exact: true }).click();
    await page.getByRole("button", { name: "Not too small, not too large" }).click();
    await poll(() => page.locator(".example h2").innerText()).toContain("Mission");
    await update(page, "0");
    await page.getByRole("button", { name: "100", exact: true }).click();
    await update(page, "50");
    expect(await page.locator(".example h2").innerText()).not.toContain("done");
    const rate = page.getByRole("textbox", { name: "Learning rate" });
    await rate.fill("2");
    await rate.press("Enter");
    await page.getByRole("button", { name: "Reset" }).click();
    await update(page, "0");
    await page.getByRole("button", { name: "100", exact: true }).click();
    await update(page, "50");
    await poll(() => page.locator(".example h2").innerText()).toContain("done");
    await page.context().close();
  });

  test("reported no error", () => {
    expect(errors).toEqual([]);
  });

  test("moves the start with the pointer, the arrow keys and numbers, and takes it back", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open({ hash: "#1&d=line&m=linear&h=0" });
    const handles = async () => (await sceneOf(page, "model")).handles!;
    const [first, second] = await handles();
    const { axes } = await sceneOf(page, "model");
    const chart = page.locator('lab-chart[name="model"] .reader');
    const box = (await chart.boundingBox())!;
    const pixel = (at: number, axis: number): number => {
      const { domain, pixels } = axes[axis]!;
      return pixels[0] + ((at - domain[0]) / (domain[1] - domain[0])) * (pixels[1] - pixels[0]);
    };
    const place = ([x, y]: readonly [number, number]) => [box.x + pixel(x, 0), box.y + pixel(y, 1)] as const;
    const height = axes[1]!.domain[1] / 2;
    await page.mouse.move(...place(second!));
    await page.mouse.down();
    await page.mouse.move(...place([second![0], height]), { steps: 4 });
    await page.mouse.up();
    await poll(async () => Math.abs((await handles())[1]![1] - height) < 1).toBe(true);
    expect((await handles())[0]![1]).toBeCloseTo(first![1], 1);
    const start = () => new URL(page.url()).hash.match(/start=([^&]*)/)?.[1];
    await poll(start).toMatch(/\+/);
    await page.getByText("Another start").click();
    const byKeys = page.getByRole("button", { name: "Move the start with the arrow keys" });
    const before = start();
    await byKeys.press("Shift+ArrowRight");
    await poll(start).not.toBe(before);
    const intercept = page.locator("[data-panel=surface] input[type=number]").nth(1);
    await intercept.fill("3");
    await intercept.press("Enter");
    await poll(start).toMatch(/\+3$/);
    await page.locator("[data-panel=surface]").getByRole("button", { name: "Undo the new start" }).click();
    await poll(start).not.toMatch(/\+3$/);
  });

  test("marks the rows of a confusion, shows a unit, and trains again on another rating", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open({ hash: "#1&m=network,hidden:4" });
    await page.getByText("Predicted and true classes").click();
    await page.locator(".confusion .cell").first().click();
    await poll(() => page.locator(".confusion + *, .scroll + .hint").first().innerText()).toMatch(/have a ring/);
    await page.locator("summary", { hasText: "Hidden units" }).click();
    await page.getByRole("button", { name: /^unit 2/ }).focus();
    await poll(async () => (await sceneOf(page, "model")).a11y.title).toBe("Output of unit 2");
    await page.keyboard.press("Tab");
    await poll(async () => (await sceneOf(page, "model")).a11y.title).toBe("Output of unit 3");
    const ratings = await open({ hash: "#1&d=ratings&m=factorization" });
    const product = ratings.locator(".product");
    await poll(() => product.innerText()).toMatch(/rating/);
    const known = async () => (await sceneOf(ratings, "model")).a11y.series[0]!.count;
    const field = ratings.getByLabel("rating", { exact: true });
    await field.fill("4.5");
    await field.press("Enter");
    await poll(() => product.innerText()).toMatch(/rating is 4\.5/);
    expect(await known()).toBeGreaterThan(100);
    await field.press("Delete");
    await poll(() => product.innerText()).toMatch(/This rating is not known/);
  });

  test("draws points with the pointer and in a table, and a link has them", { timeout: TIMEOUT }, async () => {
    const page = await open();
    await chooseData(page, "drawn");
    const points = () => page.locator(".drawing-tools summary").innerText();
    await poll(points).toBe("Table of 200 points");
    await page.getByRole("radio", { name: "C", exact: true }).check();
    const chart = page.locator('lab-chart[name="model"] .reader');
    const { width, height } = (await chart.boundingBox())!;
    const [middle, low] = [
      { x: width / 2, y: height / 2 },
      { x: width / 3, y: height * 0.7 },
    ];
    await chart.click({ position: middle });
    await poll(points).toBe("Table of 201 points");
    expect(await page.locator(".note").innerText()).toContain("more than two classes");
    await page.locator(".drawing-tools summary").click();
    const x = page.getByRole("textbox", { name: "x1 of point 201" });
    const before = await x.inputValue();
    await poll(async () => (await sceneOf(page, "model")).a11y.title).toBe("Predicted class");
    await chart.dragTo(chart, { sourcePosition: middle, targetPosition: low });
    await poll(() => x.inputValue()).not.toBe(before);
    await x.fill("0.125");
    await x.press("Enter");
    await poll(() => x.inputValue()).toBe("0.125");
    await x.fill("far");
    await x.press("Enter");
    await poll(() => page.locator(".note").innerText()).toContain("Point 201: x1 must be a number. It is still 0.125.");
    expect(await x.inputValue()).toBe("0.125");
    await page.getByRole("combobox", { name: "class of point 201" }).selectOption("D");
    expect(await faults(page)).toEqual([]);
    await page.getByRole("radio", { name: "Remove", exact: true }).check();
    await chart.click({ position: low });
    await poll(points).toBe("Table of 200 points");
    await page.getByRole("button", { name: "Begin again with four points" }).click();
    await poll(points).toBe("Table of 4 points");
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "10");
    await poll(() => page.url()).toMatch(/d=drawn.{1,120}$/); // the link follows after a moment
    const other = await open({ hash: new URL(page.url()).hash });
    expect(await other.locator(".drawing-tools summary").innerText()).toBe("Table of 4 points");
    await other.context().close();
    await page.context().close();
  });

  test("opens a file: shows it first, uses it, and reports a file that it cannot read", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open();
    const hostile = '<img src=x onerror="document.title=1">';
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},${(i * 5) % 11},${i % 7 > 3 ? "yes" : "no"}`);
    const csv = [`size,"${hostile.replaceAll('"', '""')}",answer`, ...rows].join("\n");
    const choose = (name: string, text: string): Promise<void> =>
      page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
    await choose(`${"long ".repeat(30)}<b>name</b>.csv`, csv);
    await poll(() => page.locator("#file-title").innerText()).toContain("40 rows, 3 columns");
    expect(await page.locator(".preview thead th").allInnerTexts()).toEqual(["Line", "size", hostile, "answer"]);
    expect(await page.locator(".preview tbody tr").first().allInnerTexts()).toEqual([
      expect.stringMatching(/^2\s+0\s+0\s+no$/),
    ]);
    expect(await faults(page)).toEqual([]);
    expect(await page.locator(".fact").first().innerText()).toContain("150 training rows"); // nothing has changed yet
    await page.getByRole("button", { name: "Use this data" }).click();
    await poll(() => page.locator(".fact").first().innerText()).toContain("30 training rows");
    await page.getByRole("button", { name: "10", exact: true }).click();
    await update(page, "10");
    expect((await sceneOf(page, "model")).axes.map(({ name }) => name)).toContain(hostile);
    expect(await page.title()).toBe("Downhill lab");

    await choose("broken.csv", 'a,b\n1,"2\n');
    await poll(() => page.locator("#file-title").innerText()).toBe("broken.csv cannot be used");
    expect(await page.locator(".file [role=alert]").innerText()).toContain("never closes");
    await page.keyboard.press("Escape");
    expect(await page.locator(".file").count()).toBe(0);
    expect(await counter(page)).toBe("10");

    await choose("numbers.csv", ["1;2;3", ...rows.map((_, i) => `${i % 5};${(i * 3) % 7};${i}`)].join("\n"));
    await poll(() => page.locator("#file-title").innerText()).toBe("numbers.csv cannot be used"); // its first line has no names
    await page.locator("#file-header").selectOption("no");
    await poll(() => page.locator("#file-title").innerText()).toContain("41 rows, 3 columns");
    await page.getByRole("combobox", { name: "Predict the column" }).selectOption("c2");
    await page.getByRole("combobox", { name: "It contains" }).selectOption("a number");
    await page.locator(".preview input").nth(1).uncheck();
    await page.getByRole("button", { name: "Use this data" }).click();
    await poll(() => page.locator(".fact").first().innerText()).toContain("features c1.");
    await page.context().close();
  });
});
