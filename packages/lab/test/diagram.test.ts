// The diagram of a network: as plain data, and on the page in Chromium.
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { diagramOf, edgeSizes } from "../src/panels/diagram.ts";
import { weightsOf } from "../src/panels/weights.ts";
import type { LabState } from "../src/state/labState.ts";
import { faults } from "./faults.ts";
import { type Page, useSite } from "./site.ts";
import { modelStates } from "./states.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 60_000 });

describe("as plain data", () => {
  // Two inputs, hidden layers of 3 and 2 units, one output: 9 + 8 + 3 parameters.
  const options = { hidden: [3, 2], activation: "relu", standardize: true } as const;
  const state: LabState = { ...modelStates.network, model: { name: "network", options } };
  const params = Float64Array.from({ length: 20 }, (_, i) => (i === 13 ? 0 : (-1) ** i * (i + 1)));
  const tables = weightsOf(state, ["a", "b"], ["no", "yes"], params, ["unit 2.1"])!;
  const found = diagramOf(tables.layers);
  const node = (key: string) => found.layers.flatMap(({ nodes }) => nodes).find((each) => each.key === key)!;

  test("each weight is an edge between the two nodes that it connects, and no intercept is one", () => {
    expect(found.layers.map(({ title, nodes }) => [title, ...nodes.map(({ name }) => name)])).toEqual([
      ["Inputs", "a", "b"],
      ["Hidden layer 1", "unit 1.1", "unit 1.2", "unit 1.3"],
      ["Hidden layer 2", "unit 2.1", "unit 2.2"],
      ["Output layer", "score"],
    ]);
    expect(found.edges.map(({ index, from, to }) => `${index} ${from.name} ${to.name}`)).toEqual([
      ...["0 a unit 1.1", "1 b unit 1.1", "2 a unit 1.2", "3 b unit 1.2", "4 a unit 1.3", "5 b unit 1.3"],
      ...["9 unit 1.1 unit 2.1", "10 unit 1.2 unit 2.1", "11 unit 1.3 unit 2.1"],
      ...["12 unit 1.1 unit 2.2", "13 unit 1.2 unit 2.2", "14 unit 1.3 unit 2.2"],
      ...["17 unit 2.1 score", "18 unit 2.2 score"],
    ]);
    expect(["0.1", "1.2", "2.0", "3.0"].map((key) => [node(key).into, node(key).intercept, node(key).out])).toEqual([
      [[], null, [1, 3, 5]],
      [[4, 5], 8, [11, 14]],
      [[9, 10, 11], 15, [17]],
      [[17, 18], 19, []],
    ]);
  });

  test("the nodes of a layer are above each other at equal distances, and layers from left to right", () => {
    expect(found.layers.map(({ nodes }) => nodes.map(({ at }) => at))).toEqual([
      [1 / 4, 3 / 4].map((y) => [1 / 8, y]),
      [1 / 6, 3 / 6, 5 / 6].map((y) => [3 / 8, y]),
      [1 / 4, 3 / 4].map((y) => [5 / 8, y]),
      [[7 / 8, 1 / 2]],
    ]);
  });

  test("a size is a share of the largest weight between the same layers, whatever its sign; intercepts do not count", () => {
    const expected = [1, 2, 3, 4, 5, 6].map((w) => w / 6);
    expected.push(...[10, 11, 12, 13, 0, 15].map((w) => w / 15), 18 / 19, 1);
    expect(edgeSizes(found, tables.params)).toEqual(expected);
    expect(edgeSizes(found, Array(20).fill(0))).toEqual(Array(14).fill(0));
  });
});

describe.runIf(hasChromium)("on the page", () => {
  const site = useSite();
  const errors: string[] = [];

  async function open(hash: string, options: { readonly width?: number; readonly forcedColors?: "active" } = {}) {
    const { width = 1440, ...others } = options;
    const viewport = { width, height: 900 };
    const context = await site.browser.newContext({ viewport, reducedMotion: "reduce", ...others });
    const page = await context.newPage();
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(`${site.address}${hash}`);
    await page.locator("summary", { hasText: /^Weights$/ }).click();
    return page;
  }

  const title = (page: Page): Promise<string> =>
    page.evaluate(`document.querySelector('lab-chart[name="model"]').scene.a11y.title`);
  const field = (page: Page, index: number) => page.locator(`[data-weight="${index}"]`);
  const number = async (page: Page, index: number): Promise<number> => Number(await field(page, index).inputValue());
  /** The numbers of the parameters whose edges are prominent. */
  const prominent = (page: Page): Promise<number[]> =>
    page
      .locator(".edge")
      .evaluateAll((edges) => edges.flatMap((edge, e) => (edge.hasAttribute("data-pointed") ? [e] : [])));
  const said = (page: Page): Promise<string> => page.locator(".numbers-of").innerText();

  test("has an edge for each weight; a negative one is dashed and blue; the widths follow the run", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&m=network,hidden:3&at=3"); // 2 inputs, 3 units and 2 outputs: 6 + 6 weights
    await poll(() => page.locator(".edge").count()).toBe(12);
    const look = (): Promise<{ stroke: string; isDashed: boolean; width: number }[]> =>
      page.evaluate(`[...document.querySelectorAll(".edge")].map((edge) => {
        const { stroke, strokeDasharray, strokeWidth } = getComputedStyle(edge.lastElementChild);
        return { stroke, isDashed: strokeDasharray !== "none", width: Number.parseFloat(strokeWidth) };
      })`);
    const parameters = [0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14];
    const check = async () => {
      const weights = await Promise.all(parameters.map((index) => number(page, index)));
      const largest = [weights.slice(0, 6), weights.slice(6)].map((each) => Math.max(...each.map(Math.abs)));
      const drawn = await look();
      expect(drawn.map(({ isDashed }) => isDashed)).toEqual(weights.map((weight) => weight < 0));
      expect(new Set(drawn.map(({ stroke, isDashed }) => `${stroke} ${isDashed}`)).size).toBe(2);
      expect(new Set(drawn.map(({ stroke }) => stroke)).size).toBe(2);
      for (const [e, { width }] of drawn.entries())
        expect(width).toBeCloseTo(0.5 + (5 * Math.abs(weights[e]!)) / largest[e < 6 ? 0 : 1]!, 1);
      return drawn.map(({ width }) => width).join();
    };
    const before = await check();
    await page.getByRole("button", { name: "100", exact: true }).click();
    await poll(() => page.locator(".counters .update").innerText()).toBe("103");
    await poll(async () => (await look()).map(({ width }) => width).join()).not.toBe(before);
    await poll(async () => (await number(page, 0)).toPrecision(3)).not.toBe(before);
    expect(await check()).not.toBe(before);
    await page.context().close();
  });

  test("a node shows its numbers, its edges and its unit; an edge leads to its field, and a field to its edge", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await open("#1&m=network,hidden:3");
    const node = page.locator(".node", { hasText: "unit 2" });
    await node.hover();
    await poll(() => title(page)).toBe("Output of unit 2");
    expect(await prominent(page)).toEqual([2, 3, 7, 10]); // the edges of parameters 2, 3, 10 and 13
    const shown = await said(page);
    expect(shown).toMatch(/^unit 2: intercept 0; weights from x[12] −?[\d.]+, x[12] −?[\d.]+; weights to [AB] /);
    const numbers = Array.from(shown.matchAll(/(?:x1|x2|A|B) (−?\d+(?:\.\d+)?)/g), ([, text]) =>
      Number(text!.replace("−", "-")),
    );
    const fields = await Promise.all([2, 3, 10, 13].map((index) => number(page, index)));
    const bySize = (a: number, b: number) => a - b;
    expect(numbers.sort(bySize).map((each) => each.toFixed(2))).toEqual(
      fields.sort(bySize).map((each) => each.toFixed(2)),
    );
    await node.click();
    await page.mouse.move(0, 0);
    await poll(() => title(page)).toBe("Output of unit 2"); // it stays
    await node.click();
    await page.mouse.move(0, 0);
    await poll(() => title(page)).not.toBe("Output of unit 2");
    expect(await prominent(page)).toEqual([]);

    const end = await page
      .locator(".edge")
      .nth(4)
      .locator("line")
      .last()
      .evaluate((line) => {
        const { left, top, width, height } = line.closest("svg")!.getBoundingClientRect();
        const at = (name: string): number => Number(line.getAttribute(name)) / 1000;
        return [
          left + width * (0.7 * at("x1") + 0.3 * at("x2")),
          top + height * (0.7 * at("y1") + 0.3 * at("y2")),
        ] as const;
      });
    await page.mouse.move(...end);
    await poll(() => said(page)).toMatch(/^The weight from x1 to unit 3 is −?[\d.]+\.$/);
    await page.mouse.click(...end);
    await poll(() => page.evaluate("document.activeElement.dataset.weight")).toBe("4");
    expect(await prominent(page)).toEqual([4]);
    await page.keyboard.press("Tab");
    await poll(() => said(page)).toMatch(/^The weight from x2 to unit 3 is/);
    await page.keyboard.press("Tab");
    await poll(() => said(page)).toMatch(/^The intercept of unit 3 is 0\.$/);
    await page.keyboard.type("0.75");
    await page.keyboard.press("Enter");
    await poll(() => page.locator("[data-part=weights] .hint").last().innerText()).toMatch(/Undo the new start/);
    await poll(() => said(page)).toBe("The intercept of unit 3 is 0.75.");
    await poll(() => page.evaluate("document.activeElement.dataset.weight")).toBe("8"); // the new run leaves the focus where it is
    expect(await number(page, 8)).toBe(0.75);
    // With the keyboard: the name of a row is a button.
    await page.getByRole("button", { name: "unit 1", exact: true }).first().focus();
    await poll(() => title(page)).toBe("Output of unit 1");
    expect(await prominent(page)).toEqual([0, 1, 6, 9]);
    await page.context().close();
  });

  test("a dead unit has its badge, the picture a name with it, and both themes and a phone no fault", {
    timeout: TIMEOUT,
  }, async () => {
    // Unit 2 has the intercept -9, so its ReLU is 0 for every row.
    const page = await open("#1&m=network,hidden:2,activation:relu&start=1+0.5+-1+1+0+-9+1+1+-1+0.25+0+0", {
      width: 390,
    });
    await poll(() => page.locator(".node[data-dead]").allInnerTexts()).toEqual(["unit 2\ndead"]);
    const name = await page.locator(".diagram").getAttribute("aria-label");
    expect(name).toBe(
      "Diagram of a network with 2 inputs, 2 hidden units and 2 outputs. Of its weights, 6 are positive and 2 are negative. " +
        "The largest one is that from x1 to unit 1, 1. Dead: unit 2. The tables below have all weights.",
    );
    const [outer, inner] = await page.evaluate<number[]>(
      `["documentElement", "body"].map((name) => document[name].scrollWidth)`,
    );
    expect([outer, inner]).toEqual([390, 390]);
    expect(await faults(page)).toEqual([]);
    await page.context().close();
  });

  test("with forced colours an edge has the colour of text; too many weights are a sentence", {
    timeout: TIMEOUT,
  }, async () => {
    const forced = await open("#1&m=network,hidden:3", { forcedColors: "active" });
    await poll(() => forced.locator(".edge").count()).toBe(12);
    const colors = await forced.evaluate<string[]>(
      `[getComputedStyle(document.body).color, ...[...document.querySelectorAll(".edge line:last-child")].map((line) => getComputedStyle(line).stroke)]`,
    );
    expect(new Set(colors).size).toBe(1);
    await forced.context().close();
    const large = await open("#1&m=network,hidden:64+64");
    await poll(() => large.locator("[data-part=weights] .hint").innerText()).toBe(
      "The model has 4482 parameters. The tables show at most 400.",
    );
    expect(await large.locator(".edge").count()).toBe(0);
    await large.context().close();
  });

  test("names of features are text, and a long one stays in its column", { timeout: TIMEOUT }, async () => {
    const page = await open("#1&m=network,hidden:4+3+2");
    const hostile = '<img src=x onerror="document.title=1">';
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},${(i * 5) % 11},${i % 7 > 3 ? "yes" : "no"}`);
    const csv = [`${"long ".repeat(40)},"${hostile.replaceAll('"', '""')}",answer`, ...rows].join("\n");
    const buffer = Buffer.from(csv);
    await page.locator("input[type=file]").setInputFiles({ name: "hostile.csv", mimeType: "text/csv", buffer });
    await page.getByRole("button", { name: "Use this data" }).click();
    await page.getByRole("radio", { name: /Neural network/ }).check();
    await poll(() => page.locator(".net .node").first().innerText()).toBe(hostile);
    const boxes = await page.evaluate<{ net: number; widths: number[] }>(`({
      net: document.querySelector(".net").clientWidth,
      widths: [...document.querySelectorAll(".net .node")].map((node) => node.offsetWidth),
    })`);
    expect(Math.max(...boxes.widths)).toBeLessThan(boxes.net / 3);
    expect(await page.title()).toBe("Downhill lab");
    await page.locator(".net .node").nth(1).hover();
    await poll(() => said(page)).toMatch(/^long long/);
    await page.context().close();
  });

  test("another model takes the field and the small picture that have the focus away, and the page goes on", {
    timeout: TIMEOUT,
  }, async () => {
    for (const part of ["Weights", "Hidden units"]) {
      const page = await open("#1&m=network,hidden:3");
      if (part === "Hidden units") {
        await page.locator("summary", { hasText: part }).click();
        await page.getByRole("button", { name: /^unit 2,/ }).focus();
      } else await field(page, 3).focus();
      await page.evaluate(`location.hash = "#1&m=network,hidden:4&at=2"`);
      await poll(() => page.locator(".counters .update").innerText()).toBe("2");
      await poll(() => page.locator(".edge").count()).toBe(16);
      await page.context().close();
    }
  });

  test("reported no error", () => expect(errors).toEqual([]));
});
