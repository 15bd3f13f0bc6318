import type { Random } from "../core/random.ts";
import { type Labelled, type PlaneOptions, scatter } from "./scatter.ts";

/**
 * Points in four squares, like a chess board: uniform in [−1, 1]², class 1 if x and y have different signs before the noise is
 * added. Row i has class i mod 2, and the two squares of a class have equally many points. By default n is 200 and noise 0.
 *
 * @returns X: n × 2; y: classes 0 and 1
 * @throws RangeError or TypeError for an option that is not allowed
 *
 * @example
 * ```ts
 * import { xor } from "downhill";
 *
 * const { X, y } = xor({ n: 4, seed: 1 });
 * X.data[0]! * X.data[1]! > 0; // true
 * y; // [0, 1, 0, 1]
 * ```
 */
export function xor({ n = 200, noise = 0, seed = 0, ...others }: PlaneOptions = {}): Labelled {
  let drawn = 0;
  const pointAt = (label: number, _share: number, draw: Random) => {
    const sign = drawn++ & 2 ? -1 : 1; // rows 0 and 1 have x > 0, rows 2 and 3 have x < 0, and so on
    const x = sign * draw.uniform();
    return [x, (label === 0 ? sign : -sign) * draw.uniform()] as const;
  };
  return scatter({ functionName: "xor", classes: 2, pointAt }, { n, noise, seed }, others);
}
