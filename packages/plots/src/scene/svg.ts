// A scene as the text of an SVG document. The same scene always gives the same text.

import type { Color } from "../color/color.ts";
import { paper } from "../color/theme.ts";
import { requireOneOf } from "../data/check.ts";
import { rectPath } from "../geometry/path.ts";
import { MOST_SEPARATE, symbolPath } from "../geometry/symbols.ts";
import { coordinate as c } from "../text/format.ts";
import { attribute, attributes, escaped } from "../text/markup.ts";
import { fontFamily, oneLine } from "../text/measure.ts";
import { checkScene } from "./checkScene.ts";
import { withRaised } from "./raisedExponents.ts";
import type { Box, GroupMark, Mark, PointsMark, RampMark, Scene, TextMark } from "./scene.ts";

/** The colours of a drawing: for light paper, for dark paper, or for the `color-scheme` of the page around it. */
export type Theme = "light" | "dark" | "auto";

/** Options of `toSvg`. */
export interface SvgOptions {
  /** The colours. "auto" needs a page that contains the SVG in its HTML; elsewhere it is "light". Default: "light". */
  readonly theme?: Theme;
  /**
   * Beginning of all ids in the document: a letter, then letters, digits, - or _. Two charts of one page need different ids.
   * Default: made from the content.
   */
  readonly id?: string;
  /** The background of the drawing: the paper of the theme, or none. Default: "paper". */
  readonly background?: "paper" | "none";
}

/** The state of a document while it is written. */
interface Writer {
  readonly theme: Theme;
  readonly id: string;
  /** Definitions (clip paths, gradients, markers, hatches), each under a key that describes it. */
  readonly defs: Map<string, { readonly id: string; readonly markup: string }>;
  /** Classes whose colour depends on the theme, each under its property and its colours. */
  readonly classes: Map<string, { readonly name: string; readonly property: string; readonly color: Color }>;
}

/**
 * A scene as the text of an SVG document with role="img", <title> and <desc>.
 *
 * All texts and attributes are escaped. No scene can bring a script or an address into the document, so a scene from a
 * file is safe.
 *
 * @throws RangeError when an option is not one of its choices, when `id` cannot begin an id of XML, or when the scene has a
 *   value that cannot be drawn, such as a number that is not finite or a mark of an unknown kind
 *
 * @example
 * ```ts
 * import { lossCurve, scene, toSvg } from "@downhill/plots";
 *
 * const drawn = scene(lossCurve({ title: "Loss", runs: [{ values: [4, 2, 1] }] }));
 * const text = JSON.stringify(drawn);
 * toSvg(JSON.parse(text)) === toSvg(drawn); // true
 * ```
 */
export function toSvg(scene: Scene, { theme = "light", id, background = "paper" }: SvgOptions = {}): string {
  requireOneOf("toSvg", { theme }, ["light", "dark", "auto"]);
  requireOneOf("toSvg", { background }, ["paper", "none"]);
  if (id !== undefined && !/^[A-Za-z][\w-]*$/.test(id))
    throw new RangeError(
      `toSvg: id must be a letter followed by letters, digits, - or _, got ${JSON.stringify(id)}. Leave it out, and toSvg makes one.`,
    );
  checkScene(scene);
  const { width, height, marks, a11y } = scene;
  const name = id ?? `p${hash(JSON.stringify(scene))}`;
  const writer: Writer = { theme, id: name, defs: new Map(), classes: new Map() };
  const size = { width: c(width), height: c(height) };
  const back = background === "paper" ? `<rect${attributes(size)}${colorAttributes(writer, { fill: paper })}/>` : "";
  const body = marks.map((mark) => markSvg(writer, mark)).join("\n");
  const head = attributes({
    xmlns: "http://www.w3.org/2000/svg",
    id: name,
    ...size,
    viewBox: `0 0 ${c(width)} ${c(height)}`,
    role: "img",
    "aria-labelledby": `${name}-title ${name}-desc`,
    "font-family": fontFamily,
    // Without it some browsers round the width of each letter to whole pixels, and texts become wider than planned.
    "text-rendering": "geometricPrecision",
  });
  const description = `<title id="${name}-title">${lineOf(a11y.title)}</title>\n<desc id="${name}-desc">${lineOf(a11y.caption)}</desc>`;
  const parts = [`<svg${head}>`, description, styleOf(writer), defsOf(writer), back, body, "</svg>\n"];
  return parts.filter((part) => part !== "").join("\n");
}

/** Text between two tags, on one line. */
const lineOf = (text: string): string => escaped(oneLine(text));

/** FNV-1a, 32 bits, in base 36. */
function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(36);
}

function styleOf({ id, classes }: Writer): string {
  const rules = [...classes.values()].map(
    ({ name, property, color: [light, dark] }) => `#${id} .${name}{${property}:light-dark(${light},${dark})}`,
  );
  return rules.length === 0 ? "" : `<style>${escaped(rules.join(""))}</style>`;
}

function defsOf({ defs }: Writer): string {
  return defs.size === 0 ? "" : `<defs>${[...defs.values()].map(({ markup }) => markup).join("")}</defs>`;
}

/** The id of a definition. Its number is its position among the definitions. */
function define(writer: Writer, key: string, write: (id: string) => string): string {
  const known = writer.defs.get(key);
  if (known !== undefined) return known.id;
  const id = `${writer.id}-${writer.defs.size}`;
  writer.defs.set(key, { id, markup: write(id) });
  return id;
}

/** Colours as attributes. In "auto": the light colour, and a class that changes with the colour scheme of the page. */
function colorAttributes(writer: Writer, colors: Readonly<Record<string, Color | undefined>>): string {
  const names: string[] = [];
  let out = "";
  for (const [property, color] of Object.entries(colors)) {
    if (color === undefined) continue;
    const [light, dark] = color;
    out += attribute(property, writer.theme === "dark" ? dark : light);
    if (writer.theme !== "auto" || light === dark) continue;
    const key = JSON.stringify([property, light, dark]);
    const { name } = writer.classes.get(key) ?? { name: `c${writer.classes.size}` };
    writer.classes.set(key, { name, property, color });
    names.push(name);
  }
  return out + attribute("class", names.length === 0 ? undefined : names.join(" "));
}

const boxOf = ({ x, y, width, height }: Box): string =>
  attributes({ x: c(x), y: c(y), width: c(width), height: c(height) });

function clipped(writer: Writer, clip: Box | undefined): string | undefined {
  if (clip === undefined) return undefined;
  const box = boxOf(clip);
  return `url(#${define(writer, `clip ${box}`, (name) => `<clipPath id="${name}"><rect${box}/></clipPath>`)})`;
}

function stroked(width: number | undefined, dash: readonly number[] | undefined): string {
  return attributes({
    "stroke-width": width === 1 ? undefined : width,
    "stroke-dasharray": dash === undefined || dash.length === 0 ? undefined : dash.join(" "),
  });
}

/** The attributes that every drawn mark may have: a clip, an opacity, a series. */
function drawnOf(writer: Writer, { clip, opacity, series }: Exclude<Mark, TextMark | RampMark | GroupMark>): string {
  return attributes({ "clip-path": clipped(writer, clip), opacity, "data-series": series });
}

function markSvg(writer: Writer, mark: Mark): string {
  switch (mark.kind) {
    case "group": {
      const inner = mark.marks.map((each) => markSvg(writer, each)).join("\n");
      return `<g transform="translate(${c(mark.x)},${c(mark.y)})">\n${inner}\n</g>`;
    }
    case "text":
      return textSvg(writer, mark);
    case "ramp":
      return rampSvg(writer, mark);
    case "points":
      return pointsSvg(writer, mark);
    case "path": {
      const { fill, stroke } = mark;
      const none = attribute("fill", fill === undefined ? "none" : undefined);
      const line = stroke === undefined ? "" : stroked(mark.width, mark.dash) + attribute("stroke-linejoin", "round");
      return `<path${attribute("d", mark.d)}${none}${colorAttributes(writer, { fill, stroke })}${line}${drawnOf(writer, mark)}/>`;
    }
    case "rule": {
      const [x1, y1] = mark.from;
      const [x2, y2] = mark.to;
      const ends = attributes({ x1: c(x1), y1: c(y1), x2: c(x2), y2: c(y2) });
      const line = colorAttributes(writer, { stroke: mark.stroke }) + stroked(mark.width, mark.dash);
      return `<line${ends}${line}${drawnOf(writer, mark)}/>`;
    }
    case "rects": {
      const d = attribute("d", rectPath(mark.cells));
      const drawn = drawnOf(writer, mark);
      const plain = `<path${d} shape-rendering="crispEdges"${colorAttributes(writer, { fill: mark.fill })}${drawn}/>`;
      if (mark.hatch === undefined) return plain;
      return `${plain}<path${d}${attribute("fill", `url(#${hatchOf(writer, mark.hatch)})`)}${drawn}/>`;
    }
  }
}

/**
 * Up to 900 markers are drawn one by one, each with its edge. More markers are one path without edges; in it, a circle is a line
 * of length 0 with round ends.
 */
function pointsSvg(writer: Writer, mark: PointsMark): string {
  const { shape, xs, ys, radius, fill, stroke, width } = mark;
  const outline = symbolPath(shape, radius);
  const drawn = drawnOf(writer, mark);
  const all = (one: (x: number, y: number) => string): string =>
    attribute("d", xs.map((x, i) => one(x, ys[i]!)).join(""));
  if (xs.length > MOST_SEPARATE && fill !== undefined) {
    if (shape !== "circle") return `<path${all(outline)}${colorAttributes(writer, { fill })}${drawn}/>`;
    const dots = all((x, y) => `M${c(x)},${c(y)}h0`);
    const round = attributes({ "stroke-width": c(2 * radius), "stroke-linecap": "round" });
    return `<path${dots} fill="none"${colorAttributes(writer, { stroke: fill })}${round}${drawn}/>`;
  }
  const none = attribute("fill", fill === undefined ? "none" : undefined);
  const line = stroke === undefined ? "" : stroked(width, undefined);
  const style = `${none}${colorAttributes(writer, { fill, stroke })}${line}${drawn}`;
  if (xs.length < 4) return `<path${all(outline)}${style}/>`;
  const key = `${shape} ${radius}`;
  const id = define(writer, key, (name) => `<path id="${name}"${attribute("d", outline(0, 0))}/>`);
  const uses = xs.map((x, i) => `<use href="#${id}"${attributes({ x: c(x), y: c(ys[i]!) })}/>`);
  return `<g${style}>${uses.join("")}</g>`;
}

function textSvg(writer: Writer, { x, y, size, weight, anchor, color, upwards, text, full }: TextMark): string {
  const style = attributes({
    x: c(x),
    y: c(y),
    "font-size": size,
    "font-weight": weight === "bold" ? 700 : undefined,
    "text-anchor": anchor === "start" ? undefined : anchor,
    transform: upwards === true ? `rotate(-90 ${c(x)} ${c(y)})` : undefined,
  });
  const title = full === undefined ? "" : `<title>${lineOf(full)}</title>`;
  return `<text${style}${colorAttributes(writer, { fill: color })}>${title}${withRaised(lineOf(text), size)}</text>`;
}

function rampSvg(writer: Writer, { box, stops }: RampMark): string {
  const id = define(writer, `ramp ${JSON.stringify(stops)}`, (name) => {
    const inner = stops.map((stop, i) => {
      const offset = stops.length === 1 ? 0 : Math.round((1000 * i) / (stops.length - 1)) / 1000;
      return `<stop${attributes({ offset })}${colorAttributes(writer, { "stop-color": stop })}/>`;
    });
    return `<linearGradient id="${name}" x1="0" y1="1" x2="0" y2="0">${inner.join("")}</linearGradient>`;
  });
  return `<rect${boxOf(box)}${attribute("fill", `url(#${id})`)}/>`;
}

function hatchOf(writer: Writer, color: Color): string {
  return define(
    writer,
    `hatch ${JSON.stringify(color)}`,
    (name) =>
      `<pattern id="${name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
      `<line x1="0" y1="0" x2="0" y2="5"${colorAttributes(writer, { stroke: color })} stroke-width="1.2"/></pattern>`,
  );
}
