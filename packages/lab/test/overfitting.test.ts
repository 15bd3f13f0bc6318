// A run that overfits by its held-out rows has this verdict, and not that of a good run.
import { expect, test } from "vitest";
import type { LabState } from "../src/state/labState.ts";
import { overfittingWatch } from "../src/training/overfitting.ts";
import { makeSession } from "../src/worker/session.ts";
import { generated, optimizer, stateWith } from "./states.ts";

const network = stateWith(generated("curve", { n: 24, degree: 1, noise: 0.8 }), "network", {
  ...optimizer("adam"),
  ...{ learningRate: 0.1, l2: 0, epochs: 1000 },
});
const state = {
  ...network,
  heldOut: 0.5,
  model: { ...network.model, options: { ...network.model.options, hidden: [32, 16] } },
} as LabState;
const UPDATES = 250; // an epoch has one update; after 256 epochs, the held-out loss is not computed after each

/** The frames after each update. */
function course(of: LabState) {
  const session = makeSession();
  session.start(of, null);
  const frame = () => session.frame({}, of.view, false, null);
  const frames = [frame()];
  for (let update = 0; update < UPDATES; update++) {
    session.next();
    frames.push(frame());
  }
  return { session, frame, frames };
}

test("the verdict is there from the fifth epoch in a row with a held-out loss of more than a tenth above the lowest one", () => {
  const { frames } = course(state);
  const heldOut = frames.map((frame) => frame.heldOut!);
  const epochOfLowest = (at: number): number => {
    const until = heldOut.slice(0, at + 1);
    return until.indexOf(Math.min(...until));
  };
  const overfits = (at: number): boolean => {
    const lowest = epochOfLowest(at);
    const isHigh = heldOut.slice(at - 4, at + 1).every((loss) => loss > 1.1 * heldOut[lowest]!);
    return isHigh && lowest > 0 && frames[at]!.loss < frames[lowest]!.loss;
  };
  let begin = 0;
  for (let at = 5; at <= UPDATES; at++) {
    const id = frames[at]!.verdict?.id;
    const goesOn = frames[at - 1]!.verdict?.id === "overfitting" && heldOut[at]! > 1.05 * heldOut[epochOfLowest(at)]!;
    if (overfits(at)) expect(["healthy", "converged"], `epoch ${at}`).not.toContain(id);
    else if (!goesOn) expect(id, `epoch ${at}`).not.toBe("overfitting");
    if (begin === 0 && id === "overfitting") begin = at;
  }
  expect(begin).toBeGreaterThan(10);
  const { verdict, remedies } = frames.at(-1)!;
  const epoch = epochOfLowest(UPDATES);
  expect(verdict!.numbers).toEqual({ epoch, lowest: heldOut[epoch], "held-out": heldOut.at(-1) });
  expect(verdict!.sentence).toMatch(
    new RegExp(
      `^The model now learns the noise of the training rows: .* was lowest after epoch ${epoch} \\([\\d.]+\\) and is now [\\d.]+, [\\d.]+ % higher\\.$`,
    ),
  );
  expect(remedies).toEqual([{ text: `End the run after epoch ${epoch}.`, options: { epochs: epoch } }]);
});

test("it ends with a step back and comes again, and it needs held-out rows", () => {
  const { session, frame } = course(state);
  const { verdict } = frame();
  expect(verdict!.id).toBe("overfitting");
  session.change(state, "back", 12);
  session.next();
  expect(frame().verdict?.id).not.toBe("overfitting");
  while (frame().update < UPDATES) session.next();
  expect(frame().verdict).toEqual(verdict);
  const { frames } = course({ ...state, heldOut: 0 });
  expect(frames.map((each) => each.verdict?.id)).not.toContain("overfitting");
});

test("it begins with five high losses in a row, and ends with one that is near to the lowest one", () => {
  const watch = overfittingWatch();
  const idAfter = (epoch: number, heldOut: number): string | undefined => {
    watch.add(epoch, heldOut, 1 / (epoch + 1));
    return watch.verdict()?.id;
  };
  const losses = [2, 1, 1.2, 1.2, 1.2, 1.2, 1.08, 1.2, 1.2, 1.2, 1.2, 1.2, 1.08, 1.2, 1.04, 1.2];
  const [no, yes] = [undefined, "overfitting"];
  expect(losses.map((loss, epoch) => idAfter(epoch, loss))).toEqual([
    ...[no, no, no, no, no, no, no, no, no, no, no], // four in a row are too few
    ...[yes, yes, yes, no, no],
  ]);
});
