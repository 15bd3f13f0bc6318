// The library measures text with a table. Here a browser measures the same text, in a font with the widths of Helvetica.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, launchChromium } from "../../../scripts/chromium.mjs";
import { draw, type Mark, type Spec, scene } from "../src/index.ts";
import { textWidth, type Weight } from "../src/text/measure.ts";
import { boldAscii, boldLatin } from "../src/text/widths.ts";
import { samples } from "./samples.ts";
import { showcase } from "./showcase.ts";

type Browser = Awaited<ReturnType<typeof launchChromium>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** A text of a chart and its length in the browser [px]. */
interface Measured {
  readonly text: string;
  readonly length: number;
}

const require = createRequire(import.meta.url);
const font = (file: string): string =>
  readFileSync(require.resolve(`@expo-google-fonts/arimo/${file}`)).toString("base64");

/** Arimo, whose letters are as wide as Helvetica's, under the first name in the charts' font family. */
const face = (file: string, weight: number): string =>
  `@font-face{font-family:"Helvetica Neue";font-weight:${weight};src:url(data:font/ttf;base64,${font(file)})}`;
const style = face("400Regular/Arimo_400Regular.ttf", 400) + face("700Bold/Arimo_700Bold.ttf", 700);

/** What the browser runs: shows the markup and measures every text in it. */
const measure = `(markup) => {
  document.body.innerHTML = markup;
  return [...document.querySelectorAll("text")].map((each) => ({
    text: [...each.childNodes].filter((node) => node.nodeName !== "title").map((node) => node.textContent).join(""),
    length: each.getComputedTextLength(),
  }));
}`;

describe.runIf(hasChromium)("text in Chromium", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.setContent(`<!doctype html><meta charset="utf-8"><style>${style}</style>`);
    await page.evaluate("Promise.all([...document.fonts].map((each) => each.load()))");
  });
  afterAll(async () => {
    await browser?.close();
  });

  const lengths = async (markup: string): Promise<Measured[]> =>
    (await page.evaluate(`(${measure})(${JSON.stringify(markup)})`)) as Measured[];

  test.each<[Weight, number]>([
    ["regular", 400],
    ["bold", 700],
  ])("every letter of the %s table is as wide as the table says", async (weight, value) => {
    expect([boldAscii.length, boldLatin.length]).toEqual([95, 96]);
    const codes = [
      ...Array.from({ length: 95 }, (_, i) => 32 + i),
      ...Array.from({ length: 96 }, (_, i) => 160 + i),
    ].filter((code) => code !== 0xad); // the soft hyphen, which no browser draws
    const letters = [...String.fromCodePoint(...codes), ..."−–…‘’“”•≤≥"];
    const texts = letters.map(
      (letter) => `<text font-size="1000" xml:space="preserve">&#${letter.codePointAt(0)};</text>`,
    );
    const found = await lengths(
      `<svg font-family="Helvetica Neue" font-weight="${value}" style="white-space:pre">${texts.join("")}</svg>`,
    );
    const wrong = letters.flatMap((letter, i) => {
      const table = textWidth(letter, 1000, weight);
      return Math.abs(found[i]!.length - table) <= 1 ? [] : [`${letter}: ${table}, browser ${found[i]!.length}`];
    });
    expect(wrong).toEqual([]);
  });

  const words = { numbers: [1, 20, 300, -5], wild: [3, 0.001, Number.NaN, 1e9], count: 4 };
  const specs: Record<string, Spec> = {
    ...showcase,
    ...samples({ ...words, words: ["Avocado, Type 7", "Übergrößen façade", "WAVE To. Ya", "10 % ≤ x", "i l j !"] }),
  };

  test.each(Object.keys(specs))("no text of %s is wider than the table says", async (name) => {
    const drawn = scene(specs[name]!);
    const expected = textsOf(drawn.marks).filter(({ text }) => text !== "");
    const found = (await lengths(draw(specs[name]!))).filter(({ text }) => text !== "");
    expect(found.map(({ text }) => text)).toEqual(expected.map(({ text }) => shown(text)));
    // Kerning makes some pairs of letters a little narrower; nothing makes a text wider.
    const wrong = expected.flatMap(({ text, width }, i) => {
      const { length } = found[i]!;
      const smallest = /[⁰⁴-⁹⁻]/.test(text) ? 0 : 0.93 * width - 1; // the table has a rather large width for raised digits
      return length > width + 0.05 || length < smallest ? [`${text}: ${width}, browser ${length}`] : [];
    });
    expect(wrong).toEqual([]);
  });
});

/** The text of a power of ten as the SVG writes it: with raised digits instead of Unicode's superscripts. */
const shown = (text: string): string =>
  text.replace(/(?<=10)[⁻⁰¹²³⁴-⁹]+/gu, (exponent) =>
    [...exponent].map((sign) => "−0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign)]).join(""),
  );

/** Every text of a chart with its width by the table, in the order of drawing. */
function textsOf(marks: readonly Mark[]): { text: string; width: number }[] {
  return marks.flatMap((mark) => {
    if (mark.kind === "group") return textsOf(mark.marks);
    return mark.kind === "text" ? [{ text: mark.text, width: textWidth(mark.text, mark.size, mark.weight) }] : [];
  });
}
