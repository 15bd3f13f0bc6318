// The ruler of learning rates as lines of text: the decades, the zones, and the marked rates.

import { formatNumber } from "@downhill/plots/format";
import { closedZones } from "@downhill/plots/zones";
import type { Zone } from "downhill";
import type { MarkedRate } from "./marks.ts";

const SIGNS: Readonly<Record<Zone["name"], readonly [utf8: string, ascii: string]>> = {
  crawls: ["░", "."],
  steady: ["▒", "-"],
  fast: ["▓", "="],
  zigzag: ["▚", "/"],
  "not guaranteed": ["▞", "?"],
  "cannot settle": ["▄", "#"],
  diverges: ["█", "X"],
  "not known": ["·", "_"],
};
const MARKS: Readonly<Record<MarkedRate["kind"], readonly [utf8: string, ascii: string]>> = {
  run: ["▲", "^"],
  best: ["◆", "*"],
  limit: ["┃", "|"],
};
const WIDTH = { min: 20, max: 76 };

/** The lines of a ruler of at most `columns` letters; none if there is only one zone. */
export function rulerText(
  known: readonly Zone[],
  marks: readonly MarkedRate[],
  { columns, utf8 }: { readonly columns: number; readonly utf8: boolean },
): string[] {
  const zones = closedZones(known, marks);
  const [first, last] = [zones[0], zones.at(-1)];
  if (first === undefined || last === undefined || known.length < 2) return [];
  const width = Math.max(WIDTH.min, Math.min(WIDTH.max, columns - 1));
  const [low, high] = [Math.log10(first.from), Math.log10(last.to)];
  const column = (rate: number): number =>
    Math.max(0, Math.min(width - 1, Math.floor(((Math.log10(rate) - low) / (high - low)) * width)));
  const sign = (pair: readonly [string, string]): string => pair[utf8 ? 0 : 1];
  const band = Array.from({ length: width }, (_, i) => {
    const rate = 10 ** (low + ((i + 0.5) / width) * (high - low));
    return sign(SIGNS[(zones.find(({ to }) => rate < to) ?? last).name as Zone["name"]]);
  });
  const arrows = Array<string>(width).fill(" ");
  for (const { kind, at } of [...marks].reverse()) arrows[column(at)] = sign(MARKS[kind]);
  const names = [...new Set(zones.map(({ name }) => name as Zone["name"]))];
  return [
    decades({ low, high, width, column, utf8 }),
    band.join(""),
    ...(marks.length === 0 ? [] : [arrows.join("").trimEnd()]),
    ...filled(
      [
        ...marks.map(({ kind, name, at }) => `${sign(MARKS[kind])} ${name} ${formatNumber(at, 3)}`),
        ...names.map((name) => `${sign(SIGNS[name])} ${name}`),
      ],
      width,
    ),
  ];
}

/** The powers of ten, each above its rate. A label that would touch the one before it is left out. */
function decades({
  low,
  high,
  width,
  column,
  utf8,
}: {
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly column: (rate: number) => number;
  readonly utf8: boolean;
}): string {
  let line = "";
  for (let power = Math.ceil(low - 1e-9); power <= high + 1e-9; power++) {
    const text = formatNumber(Number(`1e${power}`)); // "1×10⁻⁵" would be longer, and ASCII has no raised digits
    const label = !text.includes("×") ? text : utf8 ? text.replace("1×", "") : `1e${power}`;
    const at = column(10 ** power);
    if (at > 0 && at < line.length + 1) continue;
    if (at + label.length > width) break;
    line = line.padEnd(at) + label;
  }
  return line;
}

/** The parts joined by three spaces into lines of at most `width` letters. */
function filled(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + part.length <= width) lines[lines.length - 1] = `${last}   ${part}`;
    else lines.push(part);
  }
  return lines;
}
