// The page with a finger, with colours that the system forces, and with many classes on a phone.
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { type Page, useSite } from "./site.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 60_000 });

/** The targets that are less than 24 px high or wide, with their size. A box, and a button of a choice, is pressed by its label too. */
const small = `(() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, summary, [role=application]")];
  const found = all.flatMap((element) => {
    const target = /checkbox|radio/.test(element.type) ? (element.closest("label") ?? element) : element;
    const isInText = element.matches("p a, li a, small a"); // links in sentences have no least size
    const { width, height } = target.getBoundingClientRect();
    if (isInText || !target.checkVisibility({ visibilityProperty: true }) || width * height === 0) return [];
    return width >= 24 && height >= 24 ? [] : [(element.textContent.trim() || element.ariaLabel || element.type) + ": " + width + " × " + height];
  });
  return { count: all.length, found };
})()`;

describe.runIf(hasChromium)("the page", () => {
  const site = useSite();

  async function open(
    hash: string,
    width: number,
    options: { readonly forcedColors?: "active"; readonly colorScheme?: "light" | "dark" } = {},
  ): Promise<Page> {
    const viewport = { width, height: 900 };
    const context = await site.browser.newContext({ viewport, reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    await page.goto(`${site.address}${hash}`);
    await poll(() => page.locator('lab-chart[name="model"] canvas').count()).toBe(1);
    return page;
  }

  test.each([
    ["#1", 1440],
    ["#1", 390],
    ["#1&d=line&m=linear", 1440],
    ["#1&d=ratings&m=factorization", 1440],
    ["#1&m=network", 390],
  ])("%s at %i px has no target below 24 × 24 px", { timeout: TIMEOUT }, async (hash, width) => {
    const page = await open(hash, width);
    await page.evaluate(`for (const each of document.querySelectorAll("main details")) each.open = true`);
    const isDrawn = `[...document.querySelectorAll(".part")].every((part) =>
      !part.textContent.includes("This is being computed.") && part.children.length > 1)`;
    await poll(() => page.evaluate(isDrawn)).toBe(true);
    const { count, found } = await page.evaluate<{ count: number; found: string[] }>(small);
    expect(count).toBeGreaterThan(30);
    expect(found).toEqual([]);
    await page.context().close();
  });

  test.each(["light", "dark"] as const)(
    "with forced colours, %s, zones have patterns and charts are as dark as the page",
    {
      timeout: TIMEOUT,
    },
    async (colorScheme) => {
      const page = await open("#1&d=line&m=linear", 1440, { forcedColors: "active", colorScheme });
      await page.evaluate(`localStorage.setItem("downhill-lab-theme", "${colorScheme === "dark" ? "light" : "dark"}")`);
      await page.reload();
      await poll(() => page.locator(".zones .zone[data-zone=diverges]").count()).toBe(1);
      const zones = await page.evaluate<Record<string, string>>(
        `Object.fromEntries([...document.querySelectorAll(".zones .zone")].map((zone) => [zone.dataset.zone, getComputedStyle(zone).backgroundImage + getComputedStyle(zone).backgroundSize]))`,
      );
      expect(Object.keys(zones).sort()).toEqual(["crawls", "diverges", "fast", "steady", "zigzag"]);
      expect(new Set(Object.values(zones)).size).toBe(5);
      expect(zones["diverges"]).toContain("repeating-linear-gradient");
      await poll(() => page.locator('lab-chart[name="model"] canvas').count()).toBe(1);
      const [corner, mean] = await page.evaluate<[number, number]>(`(() => {
      const canvas = document.querySelector('lab-chart[name="model"] canvas');
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, 60); // the title and the legend
      let [sum, count] = [0, 0];
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200) { sum += data[i + 1]; count++; }
      return [data[3], sum / count];
    })()`);
      expect(corner).toBe(0); // the background is that of the page
      if (colorScheme === "dark") expect(mean).toBeGreaterThan(128);
      else expect(mean).toBeLessThan(128);
      await page.context().close();
    },
  );

  test("on a phone each of 12 classes has an entry in the legend that hides it", { timeout: TIMEOUT }, async () => {
    const page = await open("#1", 390);
    const rows = Array.from({ length: 240 }, (_, i) => {
      const angle = (i * Math.PI) / 6;
      const radius = 3 + ((i * 7) % 13) / 20;
      return `${(radius * Math.cos(angle)).toFixed(3)},${(radius * Math.sin(angle)).toFixed(3)},station number ${1 + (i % 12)}`;
    });
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles({
        name: "stations.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(`east,north,station\n${rows.join("\n")}\n`),
      });
    await page.getByRole("button", { name: "Use this data", exact: true }).click();
    const model = page.locator('lab-chart[name="model"]');
    const names = (): Promise<string[]> =>
      model.locator(".legend button").evaluateAll((buttons) => buttons.map((each) => each.getAttribute("aria-label")!));
    await poll(async () => (await names()).filter((name) => name.startsWith("station number")).length).toBe(12);
    const last = model.getByRole("button", { name: "station number 12", exact: true });
    await last.click();
    await poll(() => last.getAttribute("aria-pressed")).toBe("false");
    const { inside, over } = await page.evaluate<{ inside: boolean; over: string[] }>(`(() => {
      const chart = document.querySelector('lab-chart[name="model"]');
      const bottom = chart.querySelector("canvas").getBoundingClientRect().bottom;
      return {
        inside: [...chart.querySelectorAll(".legend button")].every((each) => each.getBoundingClientRect().bottom < bottom),
        over: [...chart.querySelectorAll(".foot button, .foot summary")].filter((each) => each.checkVisibility() && each.getBoundingClientRect().top < bottom - 1).map((each) => each.textContent),
      };
    })()`);
    expect([inside, over]).toEqual([true, []]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await page.context().close();
  });
});
