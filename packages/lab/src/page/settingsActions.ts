// Changes of the settings: the run goes on with them, or a new run begins.

import { checkState } from "../state/checkState.ts";
import { canGoOn, difference, isSameRun, isShorter, withFittingStart } from "./changes.ts";
import type { Lab, PageContext } from "./pageState.ts";
import { speeds } from "./speeds.ts";

/** The actions that change settings. */
export const settingsActions = (page: PageContext): Pick<Lab, "set" | "replace" | "playNew" | "report" | "accept"> => ({
  set(wanted, notesBefore = []) {
    const { state: next, notes } = withFittingStart(page.state.run, wanted);
    const more = [...notesBefore, ...notes];
    const found = checkState(next);
    if (found.length > 0) {
      const problems = Object.fromEntries(found.map(({ path, text }) => [path, text]));
      page.show({ problems: { ...page.state.problems, ...problems } });
      return;
    }
    if (page.isLocked(next)) return;
    const { run, frame } = page.state;
    const text = difference(run, next);
    page.onSettings(next);
    if (isSameRun(run, next)) {
      page.show({ lab: next, problems: {}, typed: {}, notes: more });
      page.refresh();
      return;
    }
    const updates = frame?.update ?? 0;
    const hasEnded = frame?.status === "diverged" || frame?.ended === "converged";
    const isLive = updates > 0 && canGoOn(run, next) && !hasEnded && !isShorter(run, next, frame?.epoch ?? 0);
    const shown = { lab: next, run: next, problems: {}, typed: {} };
    if (isLive) {
      const epochs = Math.max(next.descent.epochs, frame!.ended === null ? 1 : frame!.epoch + 1);
      page.show({ ...shown, notes: [...more, `Changed at update ${updates}: ${text}.`] });
      page.send({ type: "change", state: { ...next, descent: { ...next.descent, epochs } }, text });
      return;
    }
    page.show({ ...shown, notes: more });
    page.ended = updates > 0 ? frame!.letter : null;
    page.begin(next);
  },
  replace(next, notes) {
    page.show({ lab: next, run: next, facts: null, frame: null, problems: {}, typed: {}, notes });
    page.onSettings(next);
    page.begin(next);
  },
  playNew(next) {
    if (page.isLocked(next)) return;
    page.show({ lab: next, run: next, problems: {}, typed: {}, notes: [] });
    page.onSettings(next);
    const { frame, tour } = page.state;
    // The tour plays one run after another, and speaks of them itself.
    page.ended = frame !== null && frame.update > 0 && tour === null ? frame.letter : null;
    page.begin(next);
    page.send({ type: "play", speed: speeds[page.state.speed]!.speed });
  },
  report(path, problem, typed) {
    const { state } = page;
    page.show({ problems: { ...state.problems, [path]: problem }, typed: { ...state.typed, [path]: typed } });
  },
  accept(path) {
    const { [path]: _, ...problems } = page.state.problems;
    const { [path]: __, ...typed } = page.state.typed;
    page.show({ problems, typed });
  },
});
