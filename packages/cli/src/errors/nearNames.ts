import { distance } from "fastest-levenshtein";
import { list, show } from "./quoting.ts";

const MOST_NEAR = 3;

/** The names that differ from one by a few letters, the nearest first; upper and lower case are not told apart. */
export function nearNames(name: string, names: readonly string[]): string[] {
  const most = Math.max(1, Math.floor(name.length / 3));
  return names
    .map((each) => ({ each, off: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ off }) => off <= most)
    .sort((a, b) => a.off - b.off)
    .slice(0, MOST_NEAR)
    .map(({ each }) => each);
}

/** What to do about a name that is not among some: "Did you mean "species"? The columns are …". */
export function adviceOnName(name: string, names: readonly string[]): string {
  const near = nearNames(name, names).map((each) => show(each));
  if (near.length === 0) return `Choose one of ${list(names)}.`;
  const alternatives = near.length === 1 ? near[0]! : `${near.slice(0, -1).join(", ")} or ${near.at(-1)}`;
  return `Did you mean ${alternatives}? Choose one of ${list(names)}.`;
}
