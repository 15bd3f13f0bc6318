import { cosine } from "../../optimizers/schedules.ts";

/**
 * A learning rate that is constant in the first half of the updates, and falls along a cosine in the second half. The constant half
 * moves far in flat directions; the second half removes the noise of the batches.
 */
export function lateCosine(rate: number, updates: number): (t: number) => number {
  const half = Math.floor(updates / 2);
  const fall = cosine(rate, { updates: updates - half });
  return (t) => (t <= half ? rate : fall(t - half));
}
