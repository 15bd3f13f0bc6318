// The elements of an XML document. An error is thrown where it is not well-formed.

import { SaxesParser } from "saxes";

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Its own text, references resolved. */
  readonly text: string;
}

/** All elements of a document in their order. */
export function readXml(source: string): Element[] {
  const elements: Element[] = [];
  const open: { text: string }[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes: new Map(Object.entries(attributes)), text: "" };
    elements.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const inner = open.at(-1);
    if (inner !== undefined) inner.text += text;
  });
  parser.on("closetag", () => open.pop());
  for (const kind of ["doctype", "processinginstruction", "cdata", "comment"] as const)
    parser.on(kind, () => {
      throw new Error(`a chart holds no ${kind}`);
    });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(source).close();
  return elements;
}
