// A browser draws each chart twice, as SVG and on a canvas: the pictures are the same, up to the edges of lines and letters.

import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "../../../scripts/chromium.mjs";
import { cases } from "../../downhill/test/cases.ts";
import { type CanvasContext, drawOnCanvas, lossCurve, type Scene, scene, toSvg } from "../src/index.ts";
import { showcase } from "./showcase.ts";

type Browser = Awaited<ReturnType<typeof launchChromium>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** Share of the pixels that differ in a colour by more than a quarter of the range, and the share that is not the background. */
interface Difference {
  readonly differ: number;
  readonly inked: number;
}

const compare = `async ([svg, drawn, options]) => {
  const { width, height } = drawn;
  const ratio = options.pixelRatio;
  const canvases = [0, 1].map(() => Object.assign(document.createElement("canvas"), { width: width * ratio, height: height * ratio }));
  const [ofSvg, own] = canvases.map((canvas) => canvas.getContext("2d", { willReadFrequently: true }));
  const image = new Image();
  image.src = "data:image/svg+xml," + encodeURIComponent(svg);
  await image.decode();
  ofSvg.drawImage(image, 0, 0, width * ratio, height * ratio);
  window.drawOnCanvas(drawn, own, options);
  const [a, b] = [ofSvg, own].map((context) => context.getImageData(0, 0, width * ratio, height * ratio).data);
  let [differ, inked] = [0, 0];
  for (let at = 0; at < a.length; at += 4) {
    const apart = (other, from) =>
      Math.max(Math.abs(a[at] - other[from]), Math.abs(a[at + 1] - other[from + 1]), Math.abs(a[at + 2] - other[from + 2]));
    if (apart(b, at) > 64) differ++;
    if (apart(a, 0) > 8) inked++;
  }
  return { differ: (4 * differ) / a.length, inked: (4 * inked) / a.length };
}`;

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine

describe.runIf(hasChromium)("a canvas in Chromium", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const build = await rolldown({ input: fileURLToPath(new URL("../src/scene/canvas.ts", import.meta.url)) });
    const { output } = await build.generate({ format: "iife", name: "plots" });
    browser = await launchChromium();
    page = await browser.newPage();
    await page.evaluate(`${output[0].code}\nwindow.drawOnCanvas = plots.drawOnCanvas`);
  }, TIMEOUT);
  afterAll(async () => {
    await browser?.close();
  });

  const difference = async (drawn: Scene, options: object): Promise<Difference> =>
    (await page.evaluate(`(${compare})(${JSON.stringify([toSvg(drawn, options), drawn, options])})`)) as Difference;

  test.each(Object.keys(showcase).map((name, i) => [name, i] as const))(
    "draws %s as the SVG shows it",
    async (name, i) => {
      const drawn = scene(showcase[name]!);
      const looks = [
        ["light", 1],
        ["dark", 2],
      ] as const;
      for (const [theme, pixelRatio] of cases<readonly (typeof looks)[number][]>([looks[i % 2]!], looks)) {
        const { differ, inked } = await difference(drawn, { theme, pixelRatio });
        expect(inked).toBeGreaterThan(0.01);
        expect(differ, theme).toBeLessThan(0.1 * inked);
      }
    },
  );

  test("draws nothing of another scene's pixels", async () => {
    const drawn = scene(lossCurve({ title: "Loss", runs: [{ values: [4, 2, 1] }] }));
    const twice = `(drawn) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height });
      const context = canvas.getContext("2d");
      const pixels = () => canvas.toDataURL();
      window.drawOnCanvas(drawn, context, { background: "none" });
      const first = pixels();
      context.fillRect(0, 0, 100, 100);
      window.drawOnCanvas(drawn, context, { background: "none" });
      return first === pixels();
    }`;
    expect(await page.evaluate(`(${twice})(${JSON.stringify(drawn)})`)).toBe(true);
  });
});

test("outside a browser an error names toSvg, and wrong options are errors", () => {
  const drawn = scene(lossCurve({ title: "Loss", runs: [{ values: [4, 2, 1] }] }));
  const context = {} as CanvasContext;
  expect(() => drawOnCanvas(drawn, context)).toThrow(/Path2D must be defined.*Use toSvg elsewhere/);
  expect(() => drawOnCanvas(drawn, context, { theme: "auto" as "light" })).toThrow(/theme must be/);
  expect(() => drawOnCanvas(drawn, context, { pixelRatio: 0 })).toThrow(/pixelRatio must be above 0, got 0/);
});
