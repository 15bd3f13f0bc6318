// Where things are on the page: nothing moves while a run goes on, and everything has its place on a phone and with long names.
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { type Page, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 60_000 });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const update = (page: Page, count: string): Promise<void> =>
  poll(() => page.locator(".counters .update").innerText()).toBe(count);

describe.runIf(hasChromium)("the places on the page in Chromium", () => {
  const site = useSite();

  async function open(hash: string, width: number): Promise<Page> {
    const context = await site.browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(`${site.address}${hash}`);
    return page;
  }

  test.each([1440, 1024])(
    "at %i px nothing moves when a run begins, when one looks back, and when it ends",
    {
      timeout: TIMEOUT,
    },
    async (width) => {
      const page = await open("#1&d=line&m=linear&lr=0.9", width);
      await update(page, "0");
      await poll(() => page.evaluate(`document.querySelector('lab-chart[name="loss"]').scene !== null`)).toBe(true);
      const places = (): Promise<number[]> =>
        page.evaluate(`["main", "[data-panel=loss] .controls", ".side"].map((part) => {
        const { top, height } = document.querySelector(part).getBoundingClientRect();
        return top + (part === "main" ? 0 : height);
      })`);
      const first = await places();
      await page.keyboard.press(".");
      await update(page, "1");
      expect(await places()).toEqual(first);
      await button(page, "100").click();
      await poll(() => page.locator("#blocked").innerText()).toContain("The run has ended.");
      await poll(() => page.locator('lab-chart[name="loss"] .foot').innerText()).toContain("The logarithmic axis");
      expect(await places()).toEqual(first);
      await page.keyboard.press(",");
      await poll(() => page.locator(".banner").count()).toBe(1);
      expect(await places()).toEqual(first);
      await page.context().close();
    },
  );

  test("in a short window, as with a zoom of 200 %, the controls scroll away; in a high one they stay", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&at=5", 1440);
    await update(page, "5");
    const top = (): Promise<number> =>
      page.evaluate(`document.querySelector("#transport").getBoundingClientRect().top`);
    for (const [width, height, expected] of [
      [1440, 900, 0],
      [720, 450, -100],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.evaluate(`scrollTo(0, 300)`);
      await poll(top).toBeLessThanOrEqual(expected);
      if (expected === 0) expect(await top()).toBe(0);
    }
    await page.context().close();
  });

  test("nothing moves when a run diverges", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&d=line&m=linear&lr=2.2", 1440);
    await update(page, "0");
    const top = (): Promise<number> => page.evaluate(`document.querySelector("main").getBoundingClientRect().top`);
    const before = await top();
    await page.keyboard.press("2");
    await poll(() => page.locator(".verdict .state b").innerText()).toBe("Diverged");
    await poll(() => page.locator('lab-chart[name="loss"] .foot').innerText()).toContain("The logarithmic axis");
    expect(await top()).toBe(before);
    await page.context().close();
  });

  test("no mission and no program of the articles makes a phone scroll to the side", { timeout: TIMEOUT }, async () => {
    const page = await open("", 320);
    await update(page, "0");
    const items = page.locator("header .lists button");
    await poll(() => items.count()).toBeGreaterThan(15);
    const names = await items.allTextContents();
    for (const [i, name] of names.entries()) {
      await page.locator("header").getByText("Examples", { exact: true }).click();
      await items.nth(i).click();
      await poll(() => page.locator("#example-title").innerText()).toContain(name);
      const width = await page.evaluate("document.documentElement.scrollWidth");
      expect([name, width]).toEqual([name, 320]);
    }
    await page.context().close();
  });

  test("on a phone each kept run is a card that needs no scrolling to the side", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&lr=0.1&at=5", 390);
    await update(page, "5");
    await button(page, "Runs").click();
    await button(page, "Reset").click();
    await button(page, "More controls").click();
    await button(page, "10").click();
    await update(page, "10");
    await poll(() => page.locator(".runs tbody tr").count()).toBe(2);
    const cards = (await page.evaluate(`[...document.querySelectorAll(".runs tr, .runs .scroll")].map((part) => ({
      isWide: part.scrollWidth > part.clientWidth,
      right: part.getBoundingClientRect().right,
    }))`)) as { isWide: boolean; right: number }[];
    expect(cards.filter(({ isWide, right }) => isWide || right > 390)).toEqual([]);
    const names = `[...document.querySelectorAll(".runs tbody tr:last-child td")].map((cell) => getComputedStyle(cell, "::before").content)`;
    expect(await page.evaluate(names)).toEqual(
      ["Name", null, "Updates", "Loss", "Held-out loss", null, null].map((name) => (name ? `"${name}"` : '""')),
    );
    await page.context().close();
  });

  test("on a phone the controls are one row of 48 px, and the rest comes with a button, or when one looks back", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&at=20", 390);
    await update(page, "20");
    const shown = (): Promise<{ bar: number; controls: string[]; small: string[] }> =>
      page.evaluate(`(() => {
        const bar = document.querySelector("#transport");
        const all = [...bar.querySelectorAll("button, select, input, .counters div")].filter((each) => each.checkVisibility());
        const name = (each) => each.innerText.trim().split("\\n")[0] || each.id || each.ariaLabel;
        const small = all.filter((each) => each.tagName === "BUTTON" && each.getBoundingClientRect().height < 47.9);
        return { bar: bar.getBoundingClientRect().height, controls: all.map(name), small: small.map(name) };
      })()`);
    const closed = await shown();
    expect(closed.controls).toEqual(["Reset", "Play", "Step", "Update", "Loss", "More controls"]);
    expect(closed.small).toEqual([]);
    expect(closed.bar).toBeLessThan(64);
    await button(page, "More controls").click();
    const opened = await shown();
    expect(opened.controls).toEqual(expect.arrayContaining(["10", "100", "Epoch", "field-seeds-run", "time"]));
    expect(opened.small).toEqual([]);
    await button(page, "More controls").click();
    expect((await shown()).controls).toEqual(closed.controls);
    await page.keyboard.press(",");
    await button(page, "Return to the latest").waitFor();
    expect((await shown()).controls).toEqual(expect.arrayContaining([...closed.controls, "time"]));
    expect((await shown()).controls).not.toContain("100");
    await button(page, "Return to the latest").click();
    await poll(async () => (await shown()).controls).toEqual(closed.controls);
    await page.context().close();
  });

  test.each([1440, 390])(
    "at %i px a file with a long name does not leave its place",
    {
      timeout: TIMEOUT,
    },
    async (width) => {
      const page = await open("#1&s=1", width);
      await update(page, "0");
      const rows = Array.from({ length: 20 }, (_, i) => `${i},${i * i}`);
      const name = `${"a_long_name_".repeat(9)}.csv`;
      await page
        .locator("#file")
        .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(["x,y", ...rows].join("\n")) });
      await button(page, "Use this data").click();
      await poll(() => page.locator(".note").innerText()).toContain(name);
      if (width < 700) await button(page, "Setup").click();
      await page.locator(".open-again").waitFor();
      const wide = `[document.documentElement, ...document.querySelectorAll(".panel")]
      .filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.className)`;
      expect(await page.evaluate(wide)).toEqual([]);
      await page.context().close();
    },
  );

  test("a learning rate of a sweep is used with a button, or with a click on its point", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&d=line&m=linear&lr=0.01", 1440);
    await update(page, "0");
    await button(page, "Try 9 rates").click();
    const best = page.getByRole("button", { name: /^Use \S+, the best of 9$/ });
    await best.waitFor({ timeout: 60_000 });
    const rate = page.getByRole("textbox", { name: "Learning rate" });
    const [, named] = /^Use (\S+),/.exec(await best.innerText())!;
    await best.click();
    expect(await rate.inputValue()).toBe(named);
    await update(page, "0"); // the new run has begun
    const [chart] = await page.locator('lab-chart[name="sweep"]').all();
    await button(page, "Try 25 rates").click();
    await page.getByRole("button", { name: /^Use \S+, the best of 25$/ }).waitFor({ timeout: 60_000 });
    const shown = (): Promise<number[]> =>
      page.evaluate(`document.querySelector('lab-chart[name="sweep"]').scene.a11y.table.rows.map(([rate]) => rate)`);
    await poll(async () => (await shown()).length).toBe(25); // the chart is in a later message than the button
    const rates = await shown();
    const at = (await page.evaluate(`(({ axes }) => {
      const { domain: [low, high], pixels: [from, to] } = axes.find(({ side }) => side === "bottom");
      return from + (Math.log(${rates[2]} / low) / Math.log(high / low)) * (to - from);
    })(document.querySelector('lab-chart[name="sweep"]').scene)`)) as number;
    await chart!.locator(".reader").click({ position: { x: at + 1, y: 120 } });
    await poll(() => rate.inputValue()).toBe(String(Number(rates[2]!.toPrecision(3))));
    await page.context().close();
  });

  test("the number of points has a slider with a logarithmic axis beside its field", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&d=moons,n:10", 1440);
    await update(page, "0");
    await page.locator("summary", { hasText: "Options of the data" }).click();
    const field = page.getByRole("textbox", { name: "Points", exact: true });
    const slider = page.getByRole("slider", { name: "Points, on a logarithmic axis" });
    await slider.focus();
    await page.keyboard.press("End");
    await poll(() => field.inputValue()).toBe("5000");
    await poll(() => page.locator(".rows").innerText()).toContain("3750 training rows, 1250 held out");
    await page.keyboard.press("ArrowLeft");
    await poll(() => field.inputValue()).toBe("4300");
    expect(await slider.getAttribute("aria-valuetext")).toBe("4,300");
    await field.fill("17");
    await page.keyboard.press("Enter");
    await poll(() => slider.inputValue()).toBe("3");
    await page.context().close();
  });

  test("keys, buttons and a double click show a part of a chart or all of it, and a new run all of it", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&d=line&m=linear&lr=0.1&at=20", 1440);
    await update(page, "20");
    const chart = page.locator('lab-chart[name="loss"]');
    const reader = chart.locator(".reader");
    const axes = `document.querySelector('lab-chart[name="loss"]').scene.axes`;
    const domains = async (): Promise<number[]> =>
      ((await page.evaluate(axes)) as { domain: [number, number] }[]).slice(0, 2).flatMap(({ domain }) => domain);
    await poll(async () => (await domains())[1]).toBe(50);
    const [, , low, high] = (await domains()) as [number, number, number, number];
    const whole = [0, 50, low, high];
    await reader.focus();
    await page.keyboard.press("+");
    await poll(domains).toEqual([12.5, 37.5, low + (high - low) / 4, low + (3 * (high - low)) / 4]);
    expect(await chart.locator(".spoken").innerText()).toMatch(/^Updates from 12.5 to 37.5, Loss from \S+ to \S+\.$/);
    await page.keyboard.press("+");
    await poll(async () => (await domains()).slice(0, 2)).toEqual([18.75, 31.25]);
    await page.keyboard.press("-");
    await poll(async () => (await domains()).slice(0, 2)).toEqual([12.5, 37.5]);
    await page.keyboard.press("0");
    await poll(domains).toEqual(whole);
    expect(await chart.locator(".spoken").innerText()).toBe("The whole chart.");
    const larger = chart.getByRole("button", { name: "A larger part" });
    expect(await larger.isDisabled()).toBe(true);
    const [
      {
        pixels: [left, right],
      },
    ] = (await page.evaluate(axes)) as [{ pixels: [number, number] }];
    await reader.hover({ position: { x: left + 0.3 * (right - left), y: 90 } });
    await page.keyboard.press("+"); // around the pointer
    await poll(async () => Math.round((await domains())[0]! * 2) / 2).toBe(2.5);
    await reader.dblclick({ position: { x: left + 20, y: 90 } });
    await poll(domains).toEqual(whole);
    await chart.getByRole("button", { name: "A smaller part" }).click();
    await poll(async () => (await domains()).slice(0, 2)).toEqual([12.5, 37.5]);
    await larger.click();
    await poll(domains).toEqual(whole);
    await chart.getByRole("button", { name: "A smaller part" }).click();
    await poll(async () => (await domains())[0]).toBe(12.5);
    await button(page, "Reset").click();
    await poll(async () => (await domains()).slice(0, 2)).toEqual([0, 50]);
    await page.context().close();
  });

  test("a chart fills the screen, and has its place again afterwards; the key S leads to the seed, and the help has a switch for the keys", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&at=5", 1440);
    await update(page, "5");
    const chart = page.locator('lab-chart[name="loss"]');
    const height = (): Promise<number> =>
      page.evaluate(`document.querySelector('lab-chart[name="loss"]').scene.height`);
    const before = await height();
    const large = chart.getByRole("button", { name: "Large", exact: true });
    await large.click();
    await poll(height).toBeGreaterThan(2 * before);
    await large.click();
    await poll(height).toBe(before);
    await page.locator("h1").click(); // the keys of the page do not work in a chart
    await page.keyboard.press("s");
    expect(await page.evaluate("document.activeElement.id")).toBe("field-seeds-run");

    await page.locator("h1").click();
    await page.keyboard.press("?");
    const keys = page.getByLabel("Use these keys");
    await keys.uncheck();
    await page.locator("h1").click();
    await page.keyboard.press("."); // does nothing: the run would be at update 16 in the end
    await keys.check();
    await page.locator("h1").click();
    await page.keyboard.press("1");
    await update(page, "15");
    await page.context().close();
  });

  test("an entry of a legend hides its series with the keyboard, and the axis stays; a kept run is hidden in all charts; R reads rows", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&lr=0.1&at=5", 1440);
    await update(page, "5");
    const entry = (chart: string, name: string) =>
      page.locator(`lab-chart[name="${chart}"]`).getByRole("button", { name, exact: true });
    const loss = (): Promise<{ names: string[]; axis: number[] }> =>
      page.evaluate(`(({ a11y, axes }) => ({
        names: [...new Set(a11y.table.rows.map(([name]) => name))],
        axis: axes.flatMap(({ domain }) => domain),
      }))(document.querySelector('lab-chart[name="loss"]').scene)`);
    const before = await loss();
    expect(before.names).toEqual(["Run A: training", "Run A: held-out"]);
    await entry("loss", "Run A: training").focus();
    await page.keyboard.press("Space");
    expect(await loss()).toEqual({ ...before, names: ["Run A: held-out"] });
    expect(await entry("loss", "Run A: training").getAttribute("aria-pressed")).toBe("false");
    await update(page, "5"); // the key has not begun the run
    await page.keyboard.press("Space");
    expect(await loss()).toEqual(before);
    const model = page.locator('lab-chart[name="model"]');
    const row = (text: RegExp): Promise<void> => poll(() => model.locator(".spoken").innerText()).toMatch(text);
    await model.locator(".reader").focus();
    await page.keyboard.press("r");
    await row(/^Row 1, x1 .*Its loss is/);
    const ring = (): Promise<unknown> =>
      page.evaluate(`(({ style }) => [style.left, style.top])(document.querySelector('[name="model"] .cursor'))`);
    const first = await ring();
    await page.keyboard.press("r");
    await row(/^Row 2, /);
    expect(await ring()).not.toEqual(first);
    const [x, y] = ((await ring()) as string[]).map((pixels) => Number.parseFloat(pixels));
    await page.keyboard.press("Shift+R");
    await row(/^Row 1, /);
    expect(await ring()).toEqual(first);
    await page.locator("h1").click();
    await poll(() => model.locator(".cursor").count()).toBe(0);
    await model.locator(".reader").hover({ position: { x: x! + 1, y: y! + 1 } });
    await poll(() => model.locator(".pointer").innerText()).toMatch(/^Row 2, /);
    await button(page, "Reset").click();
    await button(page, "10").click();
    await update(page, "10");
    await entry("surface", "Run A").click();
    await poll(() => button(page, "Hide run A").getAttribute("aria-pressed")).toBe("true");
    await poll(async () => (await loss()).names).toEqual(["Run B: training", "Run B: held-out"]);
    expect(await entry("loss", "A").getAttribute("aria-pressed")).toBe("false");
    expect(await entry("model", "A").getAttribute("aria-pressed")).toBe("true"); // a class with the same name
    await button(page, "Hide run A").click();
    await poll(async () => (await loss()).names).toContain("A");
    expect(await entry("surface", "Run A").getAttribute("aria-pressed")).toBe("true");
    await page.context().close();
  });

  test("what is pointed at in one chart is marked in all charts that show it, with the pointer and with the keyboard", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&m=network,hidden:4&lr=0.2&at=12", 1440);
    await update(page, "12");
    await page.getByText("Threshold, ROC curve and precision", { exact: true }).click();
    await page.locator("summary", { hasText: "Hidden units" }).click();
    const chart = (name: string) => page.locator(`lab-chart[name="${name}"]`);
    const marks = (): Promise<string[]> =>
      page.evaluate(`[...document.querySelectorAll("lab-chart")].filter((chart) => chart.querySelector(".cursor") !== null)
        .map((chart) => chart.getAttribute("name"))`);
    await poll(() => page.locator("lab-thumbnail canvas").count()).toBe(4);
    await poll(() => chart("roc").locator("canvas").count()).toBe(1);
    await chart("model").locator(".reader").focus();
    await page.keyboard.press("Shift+R"); // the last row, which is held out
    await poll(marks).toEqual(["model", "roc", "precision"]);
    expect(await page.locator("lab-thumbnail .cursor").count()).toBe(4);
    expect(await page.locator("lab-thumbnail canvas").count()).toBe(4);
    expect(await chart("model").locator(".pointer").innerText()).toMatch(/^Held-out row 50/);
    // The small pictures have the mark at the same share of their width as the large one.
    const shares: number[] = await page.evaluate(`(() => {
      const [{ pixels }] = document.querySelector('lab-chart[name="model"]').scene.axes;
      const large = document.querySelector('lab-chart[name="model"] .cursor');
      const small = document.querySelector("lab-thumbnail .cursor");
      return [(parseFloat(large.style.left) - pixels[0]) / (pixels[1] - pixels[0]), parseFloat(small.style.left) / 100];
    })()`);
    expect(shares[0]).toBeCloseTo(shares[1]!, 2);
    await page.keyboard.press("Escape");
    await poll(marks).toEqual([]);
    expect(await page.locator("lab-thumbnail .cursor").count()).toBe(0);

    await chart("loss").locator(".reader").focus();
    await page.keyboard.press("ArrowRight"); // the loss of the start
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await poll(marks).toEqual(["loss", "surface"]);
    expect(await chart("loss").locator(".spoken").innerText()).toMatch(/Updates 2, Loss/);
    const line = (): Promise<number> =>
      page.evaluate(`(() => {
        const [{ domain, pixels }] = document.querySelector('lab-chart[name="loss"]').scene.axes;
        const x = parseFloat(document.querySelector('lab-chart[name="loss"] .cursor').style.left);
        return domain[0] + ((x - pixels[0]) / (pixels[1] - pixels[0])) * (domain[1] - domain[0]);
      })()`);
    await poll(line).toBeCloseTo(2, 9); // the mark follows the keys a frame later
    // The point of the path is under the mark: the pointer reads the same update there.
    const [x, y]: [number, number] = await page.evaluate(
      `["left", "top"].map((side) => parseFloat(document.querySelector('lab-chart[name="surface"] .cursor').style[side]))`,
    );
    await chart("surface").locator(".reader").hover({ position: { x, y } });
    await poll(() => chart("surface").locator(".pointer").innerText()).toMatch(/^Update 2: loss 0\.\d+\.$/);
    await poll(line).toBeCloseTo(2, 9); // the mark follows the keys a frame later
    await chart("loss")
      .locator(".reader")
      .hover({ position: { x: 200, y: 100 } });
    await poll(() => chart("loss").locator(".pointer").innerText()).toMatch(/^Updates: .* · Loss: /);
    await poll(() => chart("surface").locator(".pointer").innerText()).toBe("");
    await page.locator("h1").hover();
    await poll(marks).toEqual([]);
    await page.context().close();
  });

  test.each([1440, 390])(
    "at %i px each entry of a legend is a button of at least 24 px, and they do not overlap",
    { timeout: TIMEOUT },
    async (width) => {
      const page = await open("#1", width);
      await update(page, "0");
      const rows = Array.from(
        { length: 60 },
        (_, i) => `${i % 4},${(i * 7) % 5},${i % 12 < 6 ? i % 12 : `class ${i % 12}`}`,
      );
      await page.locator("#file").setInputFiles({
        ...{ name: "twelve.csv", mimeType: "text/csv" },
        buffer: Buffer.from(["x1,x2,class", ...rows].join("\n")),
      });
      await button(page, "Use this data").click();
      const entries = page.locator('lab-chart[name="model"] .legend button');
      await poll(() => entries.count()).toBe(12);
      const boxes: { x: number; y: number; width: number; height: number }[] = await page.evaluate(
        `[...document.querySelectorAll("lab-chart .legend button")].filter((entry) => entry.checkVisibility())
          .map((entry) => entry.getBoundingClientRect().toJSON())`,
      );
      expect(boxes.length).toBeGreaterThanOrEqual(12);
      expect(boxes.filter((box) => box.width < 24 || box.height < 24)).toEqual([]);
      const overlap = boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
      );
      expect(overlap).toEqual([]);
      await page.context().close();
    },
  );

  test("a chart is copied as a picture; without the permission, a sentence says what to do", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&at=5", 1440);
    await update(page, "5");
    const chart = page.locator('lab-chart[name="loss"]');
    const copy = async (): Promise<void> => {
      await chart.locator("summary", { hasText: "Save" }).click();
      await chart.getByRole("button", { name: "Copy the picture" }).click();
    };
    await page.evaluate(`navigator.clipboard.write = () => Promise.reject(new DOMException("", "NotAllowedError"))`);
    await copy();
    await poll(() => chart.locator(".pointer").innerText()).toContain("Save the picture as PNG.");
    await page.evaluate(`navigator.clipboard.write = async ([item]) => {
      window.copied = (await createImageBitmap(await item.getType("image/png"))).width;
    }`);
    await copy();
    await poll(() => chart.locator(".pointer").innerText()).toBe("The picture is copied.");
    const width = `2 * document.querySelector('lab-chart[name="loss"]').scene.width`;
    expect(await page.evaluate("window.copied")).toBe(await page.evaluate(width));
    await page.context().close();
  });
});
