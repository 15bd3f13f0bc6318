import type { Zone } from "./forecastReport.ts";

/** Zones from 0 on. Each one ends at its rate; a zone is left out if it would end before it begins,
 * and neighbours with the same name are one zone. */
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
