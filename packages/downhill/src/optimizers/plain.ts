import { named } from "./descent.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedules.ts";

/** Plain gradient descent: params −= rate · g. */
export const plain = (rate: number | Schedule): Optimizer => named("plain", rate);
