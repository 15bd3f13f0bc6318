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

function elementsOf(node: Node): Element[] {
  if (!("childNodes" in node)) return [];
  const inner = node.childNodes.flatMap(elementsOf);
  if (!("tagName" in node)) return inner;
  const text = node.childNodes.map((child) => ("value" in child ? child.value : "")).join("");
  return [
    { name: node.tagName, attributes: new Map(node.attrs.map(({ name, value }) => [name, value])), text },
    ...inner,
  ];
}
