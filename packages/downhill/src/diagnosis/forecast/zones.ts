import type { Zone } from "./forecastReport.ts";

/** Zones from 0 on. Each one ends at its rate; a zone is left out if it would end before it begins. */
export function zonesOf(ends: readonly (readonly [name: Zone["name"], to: number | null])[]): Zone[] {
  const zones: Zone[] = [];
  let from = 0;
  for (const [name, to] of ends) {
    if (to === null || !(to > from)) continue;
    zones.push({ from, to, name });
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
