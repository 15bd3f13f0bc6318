// The content that an SVG or a page of ours may have: these elements and attributes, references to its own ids, no script
// that runs, and no address outside of it.

import { readHtml } from "./html.ts";
import { type Element, readXml } from "./xml.ts";

const svgElements =
  "svg title desc style defs g path rect line text tspan use clipPath pattern linearGradient stop".split(" ");
const svgAttributes = (
  "xmlns id class width height viewBox role aria-labelledby font-family font-size font-weight text-anchor text-rendering x y dy x1 y1 x2 y2 " +
  "d transform fill stroke stroke-width stroke-dasharray stroke-linejoin stroke-linecap shape-rendering clip-path opacity " +
  "data-series href offset stop-color patternUnits patternTransform"
).split(" ");
const pageElements = (
  "html head meta title style body header main footer section h1 h2 h3 p a ul li dl div dt dd small figure figcaption details " +
  "summary table caption thead tbody tr th td pre code span sup script"
).split(" ");
const pageAttributes = "lang charset name content http-equiv scope tabindex role aria-label open type".split(" ");

const colours = /^(#[\w-]+ \.c\d+\{(fill|stroke|stop-color):light-dark\([^{}<>"'&:;]*\)\})*$/;

/** Everything wrong with an SVG; throws when it is not well-formed. */
export function svgFaults(svg: string): string[] {
  const all = readXml(svg);
  const faults = faultsOf(all, svgElements, svgAttributes);
  if (all[0]?.name !== "svg" || all[0].attributes.get("role") !== "img")
    faults.push("the root is no svg with role img");
  if (all[1]?.name !== "title" || all[2]?.name !== "desc") faults.push("title and desc do not come first");
  for (const { name, text } of all)
    if (name === "style" && !colours.test(text)) faults.push(`the style holds more than colours: ${text}`);
  return faults;
}

/** Everything wrong with a page that holds charts; throws when it is not well-formed. */
export function pageFaults(page: string): string[] {
  const all = readHtml(page);
  const known = [...svgElements, ...pageElements];
  const faults = faultsOf(all, known, [...svgAttributes, ...pageAttributes]);
  const count = (name: string): number => all.filter((element) => element.name === name).length;
  if (all[0]?.attributes.get("lang") !== "en") faults.push("the page does not say its language");
  if (count("h1") !== 1) faults.push(`the page has ${count("h1")} h1`);
  if (count("figure") !== count("figcaption")) faults.push("a figure has no caption");
  const policy = all.find(({ attributes }) => attributes.get("http-equiv") === "Content-Security-Policy");
  if (policy?.attributes.get("content") !== "default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    faults.push("the page may load something");
  for (const { name, attributes, text } of all) {
    if (name === "script" && attributes.get("type") !== "application/json") faults.push("a script runs");
    if (name === "style" && /@import|url\(/i.test(text)) faults.push("the style loads something");
    if (/^(NaN|undefined|\[object)/.test(text.trim())) faults.push(`<${name}> says ${text}`);
  }
  return faults;
}

function faultsOf(all: readonly Element[], elements: readonly string[], attributes: readonly string[]): string[] {
  const faults: string[] = [];
  const ids = all.flatMap((element) => element.attributes.get("id") ?? []);
  if (new Set(ids).size !== ids.length) faults.push("two elements have one id");
  const refers = (id: string): void => {
    if (!ids.includes(id)) faults.push(`#${id} refers to nothing`);
  };
  for (const { name, attributes: own } of all) {
    if (!elements.includes(name)) faults.push(`<${name}> is not known`);
    for (const [key, value] of own) {
      if (!attributes.includes(key)) faults.push(`the attribute ${key} is not known`);
      if (/^(d|x|y|x1|y1|x2|y2|width|height|transform|viewBox|opacity|offset)$/.test(key))
        if (/NaN|Infinity|undefined|null/.test(value)) faults.push(`${key}="${value}" is no number`);
      if (key === "href" && !value.startsWith("#")) faults.push(`href="${value}" leaves the document`);
      if (key === "href") refers(value.slice(1));
      if (key === "aria-labelledby") for (const id of value.split(" ")) refers(id);
      const address = /^url\(#([^)]*)\)$/.exec(value);
      if (address !== null) refers(address[1]!);
      else if (/url\(/i.test(value) && key !== "id" && key !== "aria-label" && key !== "content")
        faults.push(`${key}="${value}" leaves the document`);
    }
  }
  return faults;
}
