import type { Zone } from "./forecastReport.ts";

/**
 * The zones from the rate 0 on, from the rate at which each one ends. A zone is left out if it would end before it begins, and
 * two neighbours with the same name become one zone.
 */
export function zonesOf(ends: readonly (readonly [name: Zone["name"], to: number | null])[]): Zone[] {
  const zones: Zone[] = [];
  let from = 0;
  for (const [name, to] of ends) {
    if (to === null || !(to > from)) continue;
    const before = zones.at(-1);
    if (before?.name === name) zones.pop();
    zones.push({ from: before?.name === name ? before.from : from, to, name });
    from = to;
  }
  return zones;
}

/** The zones below a good rate. */
export const zonesUpTo = (rate: number | null): [Zone["name"], number | null][] => [
  ["crawls", rate && 0.01 * rate],
  ["steady", rate && 0.3 * rate],
  ["fast", rate],
];
