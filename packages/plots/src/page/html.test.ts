import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../../../downhill/test/anyText.ts";
import { readHtml } from "../../test/html.ts";
import { pageFaults } from "../../test/safe.ts";
import { lossCurve } from "../charts/lossCurve.ts";
import { draw } from "../draw.ts";
import { escaped } from "../text/markup.ts";
import { html, jsonBlock, tableOf } from "./html.ts";
import { figureOf, pageOf } from "./page.ts";

test("any text in a template stays text", () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const { markup } = html`<p title="${text}">${text}</p>`;
      const inner = markup.slice('<p title="'.length, -"</p>".length);
      expect(inner.replace('">', "")).not.toMatch(/[<>"']/);
    }),
  );
});

test("a browser reads escaped text as the text; control characters become U+FFFD", () => {
  expect(escaped(`<a href="x">'&amp;`)).toBe("&#60;a href=&#34;x&#34;&#62;&#39;&#38;amp;");
  expect(escaped("a\u0000b\u0085c\td\n")).toBe("a\ufffdb\ufffdc\td\n");
});

test("negative exponents are raised digits, but not in attributes and in elements that hold text only", () => {
  const text = "2×10⁻⁶ < 10³";
  expect(html`<p title="${text}">${text}</p>`.markup).toBe(
    '<p title="2×10⁻⁶ &#60; 10³">2×10<sup>−6</sup> &#60; 10³</p>',
  );
  expect(html`<title>${text}</title><p>R² ${text}`.markup).toBe(
    "<title>2×10⁻⁶ &#60; 10³</title><p>R² 2×10<sup>−6</sup> &#60; 10³",
  );
});

test("lists are joined, null is nothing, markup stays markup", () => {
  expect(html`<ul>${[html`<li>${"<"}</li>`, null, html`<li>2</li>`]}</ul>${null}`.markup).toBe(
    "<ul><li>&#60;</li>\n\n<li>2</li></ul>",
  );
});

test("JSON in a script element cannot end it, and is the same when it is read", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { markup } = jsonBlock({ value, sly: "</script><!-- \u2028" });
      expect(markup).not.toMatch(/[<>\u2028]/);
      expect(JSON.parse(markup)).toEqual(JSON.parse(JSON.stringify({ value, sly: "</script><!-- \u2028" })));
    }),
  );
});

test("a page contains page.css, which the build has put into a module", () => {
  const css = readFileSync(new URL("page.css", import.meta.url), "utf8");
  const style = readHtml(pageOf({ title: "title", generator: "test" }, html`<h1>title</h1>`)).find(
    ({ name }) => name === "style",
  );
  expect(css).toContain("color-scheme: light dark");
  expect(style?.text, "run npm run build").toBe(css);
});

test("a page of any text is well-formed and contains that text", () => {
  const spec = lossCurve({ title: "Loss", runs: [{ values: [2, 1] }] });
  const drawing = (id: string): string => draw(spec, { id, theme: "auto" });
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const drawings = { wide: drawing("a"), medium: drawing("b"), narrow: drawing("c") };
      const figure = figureOf({
        id: "f",
        drawings,
        caption: text,
        full: true,
        more: tableOf([text, text], [[text, text]]),
      });
      const page = pageOf({ title: text, generator: text }, html`<h1>${text}</h1>${figure}`);
      expect(pageFaults(page)).toEqual([]);
      const textIn = (name: string): string | undefined =>
        readHtml(page).find((element) => element.name === name)?.text;
      for (const name of ["h1", "figcaption", "th", "td"]) expect(textIn(name)).toBe(text);
    }),
    { numRuns: 50 },
  );
});
