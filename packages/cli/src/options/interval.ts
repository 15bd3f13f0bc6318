import { InvalidArgumentError } from "commander";

/** How often a checkpoint is written: after some seconds, or after some epochs. */
export type Interval = { readonly seconds: number } | { readonly epochs: number };

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** "60s", "10m" and "2h" are times; "5" is a number of epochs. */
export function interval(text: string): Interval {
  const [, digits, unit] = /^(\d+)(s|m|h|)$/.exec(text.trim()) ?? [];
  const count = Number(digits ?? 0);
  if (count >= 1 && Number.isSafeInteger(count))
    return unit === "" ? { epochs: count } : { seconds: count * UNITS[unit!]! };
  throw new InvalidArgumentError("It must be a time such as 60s, 10m or 2h, or a number of epochs such as 5.");
}

export const DEFAULT_INTERVAL: Interval = { seconds: 60 };
