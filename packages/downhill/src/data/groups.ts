import { InputRangeError } from "../core/check.ts";
import { classesOf, classIndex, type Label } from "../core/label.ts";
import type { Random } from "../core/random.ts";

/** The group of each row, and the groups in a random order. */
export interface Groups {
  readonly groupOf: Uint32Array;
  /** Rows of each group. */
  readonly sizes: Uint32Array;
  /** The groups in a random order. */
  readonly order: Uint32Array;
}

/**
 * @param lowest  the lowest number of groups that the function needs
 * @throws RangeError for too few groups; TypeError for a group that is not a boolean, a string or a finite number
 */
export function groupsOf(functionName: string, groups: ArrayLike<Label>, lowest: number, stream: Random): Groups {
  const names = classesOf(functionName, groups, "groups");
  if (names.length < lowest) {
    throw new InputRangeError(
      `${functionName}: there must be at least ${lowest} groups, got ${names.length}, because rows of a group stay together. ` +
        "Pass rows of more groups, or leave the groups out.",
    );
  }
  const position = classIndex(functionName, names);
  const groupOf = Uint32Array.from(groups, position);
  const sizes = new Uint32Array(names.length);
  for (const group of groupOf) sizes[group]! += 1;
  return { groupOf, sizes, order: stream.permutation(names.length) };
}
