// Playing, stepping, looking back, and the other actions on a run.

import { canGoOn, difference } from "./changes.ts";
import type { Lab, PageContext } from "./pageState.ts";
import { speeds } from "./speeds.ts";

const MORE_EPOCHS = 1000;

type RunActions = Pick<
  Lab,
  | ("togglePlay" | "setSpeed" | "step" | "back" | "reset" | "look" | "rewind" | "branch" | "goOn" | "sweep")
  | ("labelRun" | "removeRun" | "putBackRun" | "highlightRun" | "race")
>;

/** The actions on the present run. */
export function runActions(page: PageContext): RunActions {
  const play = (): void => page.send({ type: "play", speed: speeds[page.state.speed]!.speed });

  const actions: RunActions = {
    togglePlay() {
      const { frame } = page.state;
      if (frame === null) return;
      if (frame.status === "running") page.send({ type: "pause" });
      else if (frame.ended === "epochs") actions.goOn();
      else play();
    },
    setSpeed(speed) {
      page.show({ speed });
      if (page.state.frame?.status === "running") play();
    },
    step(updates) {
      page.send({ type: "step", updates });
    },
    back() {
      const { frame } = page.state;
      const before = frame?.snapshots.filter((update) => update < frame.update).at(-1);
      if (before !== undefined) actions.look(before);
    },
    reset() {
      page.show({ run: page.state.lab, notes: [] });
      page.begin(page.state.lab);
    },
    look(update) {
      page.send({ type: "look", update });
    },
    rewind(update, next) {
      if (page.isLocked(next)) return;
      const text = difference(page.state.run, next);
      const notes = [`Back at update ${update}${text === "" ? "" : `, now with ${text}`}.`];
      page.show({ lab: next, run: next, problems: {}, notes });
      page.send({ type: "change", state: next, text, from: update });
    },
    branch() {
      const { frame, lab: next, run } = page.state;
      if (frame === null || frame.looking === null) return;
      const usable = canGoOn(run, next) ? next : run;
      const notes = [`Run ${frame.letter} is kept below. This run goes on from update ${frame.looking}.`];
      page.show({ lab: usable, run: usable, notes });
      page.send({ type: "change", state: usable, text: "branch", from: frame.looking, keep: true });
    },
    goOn() {
      const { run, frame } = page.state;
      if (frame === null) return;
      const next = { ...run, descent: { ...run.descent, epochs: frame.epoch + MORE_EPOCHS } };
      page.show({ lab: next, run: next, notes: [`The run goes on for up to ${MORE_EPOCHS} more epochs.`] });
      page.send({ type: "change", state: next, text: `epochs ${next.descent.epochs}` });
      play();
    },
    sweep(rates) {
      page.show({ sweep: { rates, best: null } });
      page.send({ type: "sweep", rates });
    },
    labelRun(letter, change) {
      page.send({ type: "label", letter, change });
    },
    removeRun(letter) {
      page.send({ type: "remove", letter });
    },
    putBackRun() {
      page.send({ type: "putBack" });
    },
    highlightRun(letter) {
      page.send({ type: "highlight", letter });
    },
    race(letters) {
      const { lab, run, frame } = page.state;
      if (frame === null) return;
      const own = canGoOn(run, lab) ? lab : run;
      page.show({
        lab: own,
        run: own,
        notes: [
          `Runs ${[frame.letter, ...letters].join(", ")} begin at the same start. Each step is one update of every run.`,
        ],
      });
      page.send({ type: "race", letters });
      play();
    },
  };
  return actions;
}
