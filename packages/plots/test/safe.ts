// What an SVG of ours may hold: these elements and attributes, ids of its own, and no address of anything outside it.

import { readXml } from "./xml.ts";

const elements = "svg title desc style defs g path rect line text use clipPath pattern linearGradient stop".split(" ");
const attributes = (
  "xmlns id class width height viewBox role aria-labelledby font-family font-size font-weight text-anchor x y x1 y1 x2 y2 " +
  "d transform fill stroke stroke-width stroke-dasharray stroke-linejoin stroke-linecap shape-rendering clip-path opacity " +
  "data-series href offset stop-color patternUnits patternTransform"
).split(" ");

/** Everything wrong with an SVG; throws when it is not well-formed. */
export function svgFaults(svg: string): string[] {
  const all = readXml(svg);
  const faults: string[] = [];
  const ids = all.flatMap((element) => element.attributes.get("id") ?? []);
  if (new Set(ids).size !== ids.length) faults.push("two elements have one id");
  const refers = (id: string): void => {
    if (!ids.includes(id)) faults.push(`#${id} refers to nothing`);
  };
  if (all[0]?.name !== "svg" || all[0].attributes.get("role") !== "img")
    faults.push("the root is no svg with role img");
  if (all[1]?.name !== "title" || all[2]?.name !== "desc") faults.push("title and desc do not come first");
  for (const element of all) {
    const { name, text } = element;
    if (!elements.includes(name)) faults.push(`<${name}> is not known`);
    if (name === "style" && !/^(#[\w-]+ \.c\d+\{(fill|stroke|stop-color):light-dark\([^{}<>"'&:;]*\)\})*$/.test(text))
      faults.push(`the style holds more than colours: ${text}`);
    for (const [key, value] of element.attributes) {
      if (!attributes.includes(key)) faults.push(`the attribute ${key} is not known`);
      if (/^(d|x|y|x1|y1|x2|y2|width|height|transform|viewBox|opacity|offset)$/.test(key))
        if (/NaN|Infinity|undefined|null/.test(value)) faults.push(`${key}="${value}" is no number`);
      if (key === "href" && !value.startsWith("#")) faults.push(`href="${value}" leaves the document`);
      if (key === "href") refers(value.slice(1));
      const address = /^url\(#([^)]*)\)$/.exec(value);
      if (address !== null) refers(address[1]!);
      else if (/url\(/i.test(value) && !["id", "d"].includes(key)) faults.push(`${key}="${value}" leaves the document`);
    }
  }
  return faults;
}
