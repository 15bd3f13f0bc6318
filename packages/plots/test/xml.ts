// A strict reader of the small part of XML that we write; it throws at the first thing that is not well-formed.

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

/** All elements of a document in their order. */
export function readXml(source: string): Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  let at = 0;
  while (at < source.length) {
    if (source[at] !== "<") {
      const end = source.indexOf("<", at);
      const text = source.slice(at, end < 0 ? source.length : end);
      checkText(text);
      if (open.length === 0 && text.trim() !== "") throw new Error(`text outside the root: ${text}`);
      const last = elements.at(-1);
      if (last !== undefined && last.text === "") elements[elements.length - 1] = { ...last, text };
      at += text.length;
      continue;
    }
    const tag = /^<(\/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>/.exec(source.slice(at));
    if (tag === null) throw new Error(`not a tag: ${source.slice(at, at + 60)}`);
    const [whole, closing, name = "", inner = "", empty] = tag;
    if (closing === "/") {
      const expected = open.pop();
      if (expected !== name || inner !== "") throw new Error(`</${name}> closes <${expected}>`);
    } else {
      if (open.length === 0 && elements.length > 0) throw new Error("two roots");
      const attributes = new Map<string, string>();
      for (const [, key = "", value = ""] of inner.matchAll(/([A-Za-z][\w:-]*)="([^"]*)"/g)) {
        if (attributes.has(key)) throw new Error(`two attributes ${key} on <${name}>`);
        checkText(value);
        attributes.set(key, value);
      }
      elements.push({ name, attributes, text: "" });
      if (empty === "") open.push(name);
    }
    at += whole.length;
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  return elements;
}

function checkText(text: string): void {
  if (/&(?!#\d+;)/.test(text)) throw new Error(`a bare & in ${text.slice(0, 60)}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.test(text))
    throw new Error("a forbidden character");
}
