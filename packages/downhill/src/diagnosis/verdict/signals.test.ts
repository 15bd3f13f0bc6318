import { expect, test } from "vitest";
import { classification } from "../../../test/problems.ts";
import { plain } from "../../optimizers/plain.ts";
import { train } from "../../training/train.ts";
import { type SignalState, signalRecorder } from "./signals.ts";

const { problem } = classification(23, 3);
const options = { batchSize: 7, epochs: 8, stop: { validation: { problem: classification(5, 3, {}, 2).problem } } };

test("a recorder that resumes at any epoch records the same signals", () => {
  const recorder = signalRecorder();
  const states: (SignalState | null)[] = [recorder.state()];
  const runStates = [];
  for (const step of train(problem, plain(0.5), options)) {
    recorder.add(step, { sharpness: step.epoch });
    if (step.endOfEpoch) {
      states.push(recorder.state());
      runStates.push(step.state());
    }
  }
  expect(recorder.trace.length).toBe(8);
  for (const [epochs, state] of states.slice(0, -1).entries()) {
    const resumed = signalRecorder(state);
    const rest = epochs === 0 ? {} : { resume: runStates[epochs - 1]! };
    for (const step of train(problem, plain(0.5), { ...options, ...rest }))
      resumed.add(step, { sharpness: step.epoch });
    expect(resumed.trace).toStrictEqual(recorder.trace);
    expect(state?.trace.length ?? 0).toBe(epochs); // the state did not change meanwhile
  }
});

test("a run without an epoch has no state", () => {
  const recorder = signalRecorder();
  for (const step of train(problem, plain(0.5), { batchSize: 7, epochs: 1 })) {
    if (!step.endOfEpoch) recorder.add(step);
  }
  expect(recorder.state()).toBeNull();
});
