import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";

/**
 * Plain gradient descent: params −= rate · g.
 *
 * @param rate  the learning rate: a number above 0, or a schedule
 * @throws RangeError when a constant rate is not above 0
 *
 * @example
 * ```ts
 * import { linearRegression, plain } from "downhill";
 *
 * const fitted = linearRegression({ optimizer: plain(0.5), epochs: 100 }).fit([[1], [2], [3]], [3, 5, 7]);
 * Math.round(fitted.predict([[10]])[0]!); // 21
 * ```
 */
export const plain = (rate: number | Schedule): Optimizer => named("plain", rate);
