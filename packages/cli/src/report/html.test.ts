import fc from "fast-check";
import { expect, test } from "vitest";
import { escaped, html, jsonBlock } from "./html.ts";

test("any text in a template stays text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const { markup } = html`<p title="${text}">${text}</p>`;
      const inner = markup.slice('<p title="'.length, -"</p>".length);
      expect(inner.replace('">', "")).not.toMatch(/[<>"']/);
    }),
  );
});

test("entities give the text back; control characters are shown as such", () => {
  expect(escaped(`<a href="x">'&amp;`)).toBe("&#60;a href=&#34;x&#34;&#62;&#39;&#38;amp;");
  expect(escaped("a\u0000b\u0085c\td\n")).toBe("a\ufffdb\ufffdc\td\n");
});

test("lists are joined, null is nothing, markup stays markup", () => {
  expect(html`<ul>${[html`<li>${"<"}</li>`, null, html`<li>2</li>`]}</ul>${null}`.markup).toBe(
    "<ul><li>&#60;</li>\n\n<li>2</li></ul>",
  );
});

test("JSON in a script cannot end it, and reads back the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { markup } = jsonBlock({ value, sly: "</script><!-- \u2028" });
      expect(markup).not.toMatch(/[<>\u2028]/);
      expect(JSON.parse(markup)).toEqual(JSON.parse(JSON.stringify({ value, sly: "</script><!-- \u2028" })));
    }),
  );
});
