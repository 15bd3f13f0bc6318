// The elements of an HTML page as a browser reads them. An error of the HTML standard is thrown.

import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Element } from "./xml.ts";

type Node = DefaultTreeAdapterTypes.Node;

/** All elements of a page in their order; `text` is an element's own text. */
export function readHtml(source: string): Element[] {
  const errors: string[] = [];
  const document = parse(source, {
    onParseError: ({ code, startLine, startCol }) => errors.push(`${code} in line ${startLine}, column ${startCol}`),
  });
  if (errors.length > 0) throw new Error(`the page is not well-formed: ${errors.join("; ")}`);
  return elementsOf(document);
}

/** The text of a text node; exponents, in sup elements, belong to the text around them. */
function textOf(node: Node): string {
  if ("value" in node) return node.value;
  return "tagName" in node && node.tagName === "sup" ? node.childNodes.map(textOf).join("") : "";
}

function elementsOf(node: Node): Element[] {
  if (!("childNodes" in node)) return [];
  const inner = node.childNodes.flatMap(elementsOf);
  if (!("tagName" in node)) return inner;
  const text = node.childNodes.map(textOf).join("");
  return [
    { name: node.tagName, attributes: new Map(node.attrs.map(({ name, value }) => [name, value])), text },
    ...inner,
  ];
}
