import { distance } from "fastest-levenshtein";
import { list, show } from "./quoting.ts";

const MAX_NEAR = 3;

/** The names that differ from `name` by a few letters, the nearest first. Upper and lower case count as equal. */
export function nearNames(name: string, names: readonly string[]): string[] {
  const maxDistance = Math.floor(name.length / 3);
  return names
    .map((each) => ({ each, off: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ off }) => off <= maxDistance)
    .sort((a, b) => a.off - b.off)
    .slice(0, MAX_NEAR)
    .map(({ each }) => each);
}

/** "Did you mean "species"? " before other advice; empty if no name is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = nearNames(name, names).map((each) => show(each));
  if (near.length === 0) return "";
  return `Did you mean ${near.length === 1 ? near[0]! : `${near.slice(0, -1).join(", ")} or ${near.at(-1)}`}? `;
}

/** The advice for a name that is not in a list of names. */
export function adviceOnName(name: string, names: readonly string[]): string {
  const parts = name.split(",");
  if (parts.length > 1 && parts.every((part) => names.includes(part))) {
    return "These are several names; pass one name with each option.";
  }
  return `${didYouMean(name, names)}Choose one of ${list(names)}.`;
}
