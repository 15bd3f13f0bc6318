// The charts that the page has now. The browser keeps the list of a tag; a selector would search the whole page in every frame.

import type { LabChart } from "./chartElement.ts";

/** All charts of the page. */
export const chartList = (): Iterable<LabChart> =>
  document.getElementsByTagName("lab-chart") as HTMLCollectionOf<LabChart>;

/** The chart with this name; undefined where the page has none. */
export const chartNamed = (name: string): LabChart | undefined =>
  [...chartList()].find((chart) => chart.getAttribute("name") === name);

/** Takes the pictures away, when a run cannot start: they are those of the run before. */
export function showNoCharts(): void {
  for (const chart of chartList()) chart.show(null, "");
}
