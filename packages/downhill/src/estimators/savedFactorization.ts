// A fitted factorization as a saved body, and its members read back with a check each.
import type { Lists } from "../core/lists.ts";
import type { FactorCore } from "./fittedFactorization.ts";
import { type Body, encodeHistory, encodeNumbers, encodeWholes, frame } from "./savedFile.ts";
import {
  booleanIn,
  choiceIn,
  descentIn,
  historyIn,
  labelsIn,
  listIn,
  numberIn,
  numbersIn,
  objectIn,
  refuse,
  stoppedIn,
  wholeIn,
  wholesIn,
} from "./savedMembers.ts";

/** The model for JSON.stringify. */
export const encodeFactorization = (core: FactorCore): unknown =>
  frame({
    ...core,
    seen: { starts: encodeWholes(core.seen.starts), entries: encodeWholes(core.seen.entries) },
    params: encodeNumbers(core.params),
    history: encodeHistory(core.history),
  });

/**
 * The factorization of a saved body.
 *
 * @throws RangeError or TypeError for members that no factorization has, or that do not suit each other
 */
export function decodeFactorization(body: Body): FactorCore {
  const users = labelsIn("users", body["users"]);
  const items = labelsIn("items", body["items"]);
  const settings = settingsIn(body["settings"]);
  const options = objectIn("options", body["options"]);
  numberIn("options.l2", options["l2"], 0);
  descentIn(options);
  const updates = wholeIn("updates", body["updates"], 0);
  const size = (users.length + items.length) * (settings.rank + (settings.biases ? 1 : 0));
  return {
    kind: "factorization",
    settings,
    options: options as FactorCore["options"],
    users,
    items,
    seen: seenIn(body["seen"], users.length, items.length),
    params: numbersIn("params", body["params"], size),
    history: historyIn("history", body["history"], updates),
    updates,
    stopped: stoppedIn("stopped", body["stopped"]),
  };
}

function settingsIn(value: unknown): FactorCore["settings"] {
  const { rank, biases, mean, deviation, penalty, scale } = objectIn("settings", value);
  const bounds = scale === null ? null : listIn("settings.scale", scale);
  const [low, high] = (bounds ?? [0, 0]).map((bound, at) => numberIn(`settings.scale[${at}]`, bound));
  if (bounds !== null && !(bounds.length === 2 && low! <= high!)) {
    refuse("settings.scale", "two numbers, the lower one first", scale);
  }
  return {
    rank: wholeIn("settings.rank", rank, 1),
    biases: booleanIn("settings.biases", biases),
    mean: numberIn("settings.mean", mean),
    deviation: numberIn("settings.deviation", deviation, Number.MIN_VALUE),
    penalty: choiceIn("settings.penalty", penalty, ["perRating", "uniform"]),
    scale: bounds && [low!, high!],
  };
}

/** For each user the positions of the rated items, rising. */
function seenIn(value: unknown, users: number, items: number): Lists {
  const seen = objectIn("seen", value);
  const starts = wholesIn("seen.starts", seen["starts"], users + 1);
  const entries = wholesIn("seen.entries", seen["entries"]);
  if (starts[0] !== 0) refuse("seen.starts[0]", "0", starts[0]);
  if (starts[users] !== entries.length) {
    refuse(`seen.starts[${users}]`, `${entries.length}, the number of entries`, starts[users]);
  }
  for (let user = 0; user < users; user++) {
    if (starts[user]! > starts[user + 1]!) refuse("seen.starts", "in rising order", starts[user + 1]);
  }
  for (let user = 0; user < users; user++) {
    for (let at = starts[user]!; at < starts[user + 1]!; at++) {
      const item = entries[at]!;
      if (item >= items) refuse(`seen.entries[${at}]`, `a position below ${items}, the number of items`, item);
      if (at > starts[user]! && item <= entries[at - 1]!) {
        refuse(`seen.entries[${at}]`, "above the one before, of the same user", item);
      }
    }
  }
  return { starts, entries };
}
