// The actions on the panel of the model: points, the start of the run, and what is chosen.

import { atStart } from "../state/labState.ts";
import { descentFields } from "../state/trainingFields.ts";
import { type Lab, LOCKED, type PageContext } from "./pageState.ts";

type ModelActions = Pick<Lab, "drawPoints" | "point" | "aim" | "startAt" | "undoStart" | "focus" | "hover">;

/** The actions on the panel of the model. */
export const modelActions = (page: PageContext, lab: Pick<Lab, "set">): ModelActions => ({
  drawPoints() {
    page.send({ type: "points" });
  },
  point(at) {
    page.send({ type: "point", at });
  },
  aim(aim, isDone = false) {
    if (page.state.lab.view.lock) page.show({ notes: [LOCKED] });
    else page.send({ type: "aim", aim, isDone });
  },
  startAt(params) {
    const { lab: before } = page.state;
    if (!descentFields.start.allows(params)) {
      page.send({ type: "aim", aim: null, isDone: true });
      page.show({ notes: [`This model has ${params.length} parameters. A start can be set for at most 400.`] });
      return;
    }
    lab.set(atStart({ ...before, descent: { ...before.descent, start: params } }));
    if (page.state.lab.descent.start === params) page.show({ undo: before });
  },
  undoStart() {
    const { undo, lab: now } = page.state;
    page.show({ undo: null });
    if (undo !== null) lab.set({ ...now, descent: { ...now.descent, start: undo.descent.start } });
  },
  focus(change) {
    page.show({ focus: { ...page.state.focus, ...change } });
    page.refresh();
  },
  hover(change) {
    page.show({ hover: { ...page.state.hover, ...change } });
    page.refresh();
  },
});
