// Markers as path data: the symbols of d3, all with the same area, so that no marker looks larger than another.

import { pathRound } from "d3-path";
import { type SymbolType, symbolCircle, symbolCross, symbolDiamond2, symbolSquare, symbolTriangle } from "d3-shape";

/** All values of `Shape`. */
export const shapes = ["circle", "square", "triangle", "down", "diamond", "plus", "cross"] as const;

/** The shape of a marker; "down" is a triangle that points down. */
export type Shape = (typeof shapes)[number];

/** More markers are drawn as one path, without edges. */
export const MOST_SEPARATE = 900;

/** Path data of a marker around (x, y). */
export type SymbolPath = (x: number, y: number) => string;

/** The d3 symbol of each shape, and the angle by which it is turned [rad]. d3 has no filled ×: its + is turned. */
const symbols: Readonly<Record<Shape, readonly [type: SymbolType, turn: number]>> = {
  circle: [symbolCircle, 0],
  square: [symbolSquare, 0],
  triangle: [symbolTriangle, 0],
  down: [symbolTriangle, Math.PI],
  diamond: [symbolDiamond2, 0],
  plus: [symbolCross, 0],
  cross: [symbolCross, Math.PI / 4],
};

/** The path of a marker with the area of a circle of this radius [px], as a function of its position. */
export function symbolPath(shape: Shape, radius: number): SymbolPath {
  const [type, turn] = symbols[shape];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return (x, y) => {
    const path = pathRound(1);
    const at = (px: number, py: number): [number, number] => [x + px * cos - py * sin, y + px * sin + py * cos];
    // d3 draws each symbol around the origin; this context moves and turns it. Circles and squares are not turned.
    const context = {
      moveTo: (px: number, py: number) => path.moveTo(...at(px, py)),
      lineTo: (px: number, py: number) => path.lineTo(...at(px, py)),
      arc: (px: number, py: number, r: number, from: number, to: number) => path.arc(...at(px, py), r, from, to),
      rect: (px: number, py: number, width: number, height: number) => path.rect(...at(px, py), width, height),
      closePath: () => path.closePath(),
    };
    type.draw(context as Parameters<SymbolType["draw"]>[0], Math.PI * radius * radius);
    return path.toString();
  };
}
