import type { Random } from "../core/random.ts";
import { type Labelled, type PlaneOptions, scatter } from "./scatter.ts";

/**
 * Four squares of a chess board: points uniform in [−1, 1]², class 1 where x and y have different signs.
 * The class is that of the point before the noise.
 *
 * @returns X n × 2, y 0 or 1; row i has class i mod 2, and both squares of a class are equally full
 */
export function xor({ n = 200, noise = 0, seed = 0, ...others }: PlaneOptions = {}): Labelled {
  let placed = 0;
  const place = (label: number, _share: number, draw: Random) => {
    const sign = placed++ & 2 ? -1 : 1; // rows 0 and 1 right of the axis, rows 2 and 3 left of it, and so on
    const x = sign * draw.uniform();
    return [x, (label === 0 ? sign : -sign) * draw.uniform()] as const;
  };
  return scatter({ functionName: "xor", classes: 2, place }, { n, noise, seed }, others);
}
