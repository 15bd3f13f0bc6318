// A scene as one SVG document. The same scene always gives the same bytes.

import type { Color } from "./base/color.ts";
import { coordinate as c } from "./base/numbers.ts";
import { outlineOf } from "./base/outlines.ts";
import { paper } from "./base/palette.ts";
import { rectPath } from "./base/path.ts";
import { fontFamily, oneLine } from "./base/text.ts";
import type { Box, Mark, PointsMark, Scene, TextMark } from "./scene/scene.ts";

export type Theme = "light" | "dark" | "auto";

export interface SvgOptions {
  /** Which colours; "auto" follows the page's `color-scheme` and is meant for SVG inlined in a page. */
  readonly theme?: Theme;
  /** Beginning of every id in the document; derived from the content when left out. A letter, then letters, digits, - or _. */
  readonly id?: string;
  /** What lies behind the chart. */
  readonly background?: "paper" | "none";
}

/** What a document needs to know while it is written. */
interface Writer {
  readonly theme: Theme;
  readonly id: string;
  readonly defs: Map<string, string>;
  readonly pairs: Map<string, string>;
}

/**
 * The scene as an SVG string with role="img", <title> and <desc>.
 *
 * @throws RangeError when `id` cannot begin an id of XML
 */
export function toSvg(scene: Scene, { theme = "light", id, background = "paper" }: SvgOptions = {}): string {
  if (id !== undefined && !/^[A-Za-z][\w-]*$/.test(id))
    throw new RangeError(
      `toSvg: id must be a letter followed by letters, digits, - or _, got ${JSON.stringify(id)}. Leave it out to have one made.`,
    );
  const { width, height, marks, a11y } = scene;
  const writer: Writer = { theme, id: id ?? `p${hash(JSON.stringify(scene))}`, defs: new Map(), pairs: new Map() };
  const back =
    background === "paper" ? `<rect width="${c(width)}" height="${c(height)}"${ink(writer, "fill", paper)}/>` : "";
  const body = marks.map((mark) => markSvg(writer, mark)).join("\n");
  const name = writer.id;
  const head =
    `<svg xmlns="http://www.w3.org/2000/svg" id="${name}" width="${c(width)}" height="${c(height)}" ` +
    `viewBox="0 0 ${c(width)} ${c(height)}" role="img" aria-labelledby="${name}-title ${name}-desc" ` +
    `font-family="${escaped(fontFamily)}">`;
  const said = `<title id="${name}-title">${escaped(a11y.title)}</title>\n<desc id="${name}-desc">${escaped(a11y.caption)}</desc>`;
  return [head, said, styleOf(writer), defsOf(writer), back, body, "</svg>\n"].filter((part) => part !== "").join("\n");
}

/** FNV-1a, 32 bits, in base 36. */
function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(36);
}

function escaped(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function styleOf({ id, pairs }: Writer): string {
  const rules = [...pairs].map(([key, name]) => {
    const [property, light, dark] = key.split(" ");
    return `#${id} .${name}{${property}:light-dark(${light},${dark})}`;
  });
  return rules.length === 0 ? "" : `<style>${rules.join("")}</style>`;
}

function defsOf({ defs }: Writer): string {
  return defs.size === 0 ? "" : `<defs>${[...defs.values()].join("")}</defs>`;
}

/** A definition of the document under an id that depends on its place among them. */
function define(writer: Writer, key: string, write: (id: string) => string): string {
  const known = [...writer.defs.keys()].indexOf(key);
  const id = `${writer.id}-${known < 0 ? writer.defs.size : known}`;
  if (known < 0) {
    writer.defs.set(key, "");
    writer.defs.set(key, write(id));
  }
  return id;
}

/** Colours as attributes; in "auto" the light one, and a class that a page's style can turn. */
function inks(writer: Writer, colors: Readonly<Record<string, Color | undefined>>): string {
  const classes: string[] = [];
  let out = "";
  for (const [property, color] of Object.entries(colors)) {
    if (color === undefined) continue;
    const [light, dark] = color;
    out += ` ${property}="${writer.theme === "dark" ? dark : light}"`;
    if (writer.theme !== "auto" || light === dark) continue;
    const key = `${property} ${light} ${dark}`;
    if (!writer.pairs.has(key)) writer.pairs.set(key, `c${writer.pairs.size}`);
    classes.push(writer.pairs.get(key)!);
  }
  return classes.length === 0 ? out : `${out} class="${classes.join(" ")}"`;
}

function ink(writer: Writer, property: string, color: Color): string {
  return inks(writer, { [property]: color });
}

function clipped(writer: Writer, clip: Box | undefined): string {
  if (clip === undefined) return "";
  const box = `x="${c(clip.x)}" y="${c(clip.y)}" width="${c(clip.width)}" height="${c(clip.height)}"`;
  const id = define(writer, `clip ${box}`, (name) => `<clipPath id="${name}"><rect ${box}/></clipPath>`);
  return ` clip-path="url(#${id})"`;
}

function stroked(width: number | undefined, dash: readonly number[] | undefined): string {
  const thick = width === undefined || width === 1 ? "" : ` stroke-width="${width}"`;
  return dash === undefined || dash.length === 0 ? thick : `${thick} stroke-dasharray="${dash.join(" ")}"`;
}

function markSvg(writer: Writer, mark: Mark): string {
  if (mark.kind === "group") {
    const inner = mark.marks.map((each) => markSvg(writer, each)).join("\n");
    return `<g transform="translate(${c(mark.x)},${c(mark.y)})">\n${inner}\n</g>`;
  }
  if (mark.kind === "text") return textSvg(writer, mark);
  if (mark.kind === "ramp") return rampSvg(writer, mark.box, mark.stops);
  const shared =
    clipped(writer, mark.clip) +
    (mark.opacity === undefined ? "" : ` opacity="${mark.opacity}"`) +
    (mark.series === undefined ? "" : ` data-series="${mark.series}"`);
  switch (mark.kind) {
    case "path": {
      const { fill, stroke } = mark;
      const none = fill === undefined ? ' fill="none"' : "";
      const line = stroke === undefined ? "" : `${stroked(mark.width, mark.dash)} stroke-linejoin="round"`;
      return `<path d="${mark.d}"${none}${inks(writer, { fill, stroke })}${line}${shared}/>`;
    }
    case "rule": {
      const [x1, y1] = mark.from;
      const [x2, y2] = mark.to;
      const ends = `x1="${c(x1)}" y1="${c(y1)}" x2="${c(x2)}" y2="${c(y2)}"`;
      return `<line ${ends}${ink(writer, "stroke", mark.stroke)}${stroked(mark.width, mark.dash)}${shared}/>`;
    }
    case "rects": {
      const d = rectPath(mark.cells);
      const plain = `<path d="${d}" shape-rendering="crispEdges"${ink(writer, "fill", mark.fill)}${shared}/>`;
      return mark.hatch === undefined ? plain : `${plain}<path d="${d}" fill="url(#${hatchOf(writer, mark.hatch)})"/>`;
    }
    case "points":
      return pointsSvg(writer, mark, shared);
  }
}

/** Few markers overlap properly, each with its outline; very many are one path without, circles as round dots. */
function pointsSvg(writer: Writer, mark: PointsMark, shared: string): string {
  const { shape, xs, ys, radius, fill, stroke, width } = mark;
  const draw = outlineOf(shape, radius);
  const none = fill === undefined ? ' fill="none"' : "";
  if (xs.length > 900 && fill !== undefined) {
    if (shape !== "circle")
      return `<path d="${xs.map((x, i) => draw(x, ys[i]!)).join("")}"${ink(writer, "fill", fill)}${shared}/>`;
    const dots = xs.map((x, i) => `M${c(x)},${c(ys[i]!)}h0`).join("");
    return `<path d="${dots}" fill="none"${ink(writer, "stroke", fill)} stroke-width="${c(2 * radius)}" stroke-linecap="round"${shared}/>`;
  }
  const style = `${none}${inks(writer, { fill, stroke })}${stroke === undefined ? "" : stroked(width, undefined)}${shared}`;
  if (xs.length < 4) return `<path d="${xs.map((x, i) => draw(x, ys[i]!)).join("")}"${style}/>`;
  const id = define(writer, `${shape} ${radius}`, (name) => `<path id="${name}" d="${draw(0, 0)}"/>`);
  return `<g${style}>${xs.map((x, i) => `<use href="#${id}" x="${c(x)}" y="${c(ys[i]!)}"/>`).join("")}</g>`;
}

function textSvg(writer: Writer, mark: TextMark): string {
  const bold = mark.weight === "bold" ? ' font-weight="700"' : "";
  const anchor = mark.anchor === "start" ? "" : ` text-anchor="${mark.anchor}"`;
  const whole = mark.full === undefined ? "" : `<title>${escaped(mark.full)}</title>`;
  const place = `x="${c(mark.x)}" y="${c(mark.y)}" font-size="${mark.size}"`;
  return `<text ${place}${bold}${anchor}${ink(writer, "fill", mark.color)}>${whole}${escaped(mark.text)}</text>`;
}

function rampSvg(writer: Writer, { x, y, width, height }: Box, stops: readonly Color[]): string {
  const id = define(writer, `ramp ${stops.join(" ")}`, (name) => {
    const inner = stops.map((stop, i) => {
      const at = stops.length === 1 ? 0 : Math.round((1000 * i) / (stops.length - 1)) / 1000;
      return `<stop offset="${at}"${ink(writer, "stop-color", stop)}/>`;
    });
    return `<linearGradient id="${name}" x1="0" y1="1" x2="0" y2="0">${inner.join("")}</linearGradient>`;
  });
  return `<rect x="${c(x)}" y="${c(y)}" width="${c(width)}" height="${c(height)}" fill="url(#${id})"/>`;
}

function hatchOf(writer: Writer, color: Color): string {
  return define(
    writer,
    `hatch ${color.join(" ")}`,
    (name) =>
      `<pattern id="${name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
      `<line x1="0" y1="0" x2="0" y2="5"${ink(writer, "stroke", color)} stroke-width="1.2"/></pattern>`,
  );
}
