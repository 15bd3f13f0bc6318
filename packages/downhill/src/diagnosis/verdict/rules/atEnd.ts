import { countText, numberText, percentText } from "../../numberText.ts";
import { setSeparableL2 } from "../remedies.ts";
import { fallPerEntry, objectiveOf, type RunView, remainingEntries, SPEED_WINDOW } from "../runView.ts";
import type { Remedy } from "../verdict.ts";
import type { Rule } from "./rule.ts";

const ROUNDING = 1e-12; // a smaller relative change of the objective is a rounding error

/** The run ended because no optimum exists. */
export const separable: Rule = ({ context, last }) => {
  if (context.stopped !== "separable") return null;
  return {
    id: "crawling",
    rule: "a plane separates the classes, and there is no penalty",
    sentence:
      "The run cannot converge: a plane separates the classes and there is no penalty, so larger weights always lower the " +
      `objective, and the weights grow without end. Their norm is ${numberText(last.norm)} now.`,
    numbers: { norm: last.norm },
    remedies: setSeparableL2(context.examples),
  };
};

export const converged: Rule = ({ context, last }) => {
  if (context.stopped !== "converged") return null;
  const { certificate } = context;
  return {
    id: "converged",
    rule: "the stopping rule holds",
    sentence: `The run converged after ${countText(last.update, "update")}.${certificate ? ` ${certificate.sentence}` : ""}`,
    numbers: {
      updates: last.update,
      objective: objectiveOf(last),
      ...(certificate?.valid && { gap: certificate.gap }),
    },
    remedies: [],
  };
};

/** The rule that always holds. Its sentences state only what is measured. */
export const healthy: Rule = (run) => {
  const fall = fallPerEntry(run);
  const remaining = remainingEntries(run);
  const { context, last } = run;
  const epochs = run.full && remaining !== null ? last.epoch + Math.ceil(remaining) : Infinity;
  const longer: Remedy[] =
    context.stopped === "epochs" && epochs > last.epoch && epochs < Infinity
      ? [{ text: `Set the number of epochs to ${numberText(epochs, 9)}.`, options: { epochs } }]
      : [];
  return {
    id: "healthy",
    rule: "no other rule holds",
    sentence: [progress(run, fall, remaining), ...ending(run)].join(" "),
    numbers: {
      objective: objectiveOf(last),
      ...(fall !== null && { fall }),
      ...(remaining !== null && remaining < Infinity && { remaining }),
    },
    remedies: longer,
  };
};

function progress({ end, first, last, before, unit }: RunView, fall: number | null, remaining: number | null): string {
  const now = objectiveOf(last);
  if (fall === null) return `The objective is ${numberText(now)} after the first ${unit}.`;
  const share = last.gradientNorm === null ? null : last.gradientNorm / first.gradientNorm!;
  const gradient = share === null ? "" : ` The gradient has ${percentText(share)} of its first length.`;
  if (!(fall > ROUNDING)) {
    const entries = Math.min(end - 1, SPEED_WINDOW);
    const from = objectiveOf(before(entries)!);
    return fall < -ROUNDING
      ? `The objective rose from ${numberText(from)} to ${numberText(now)} in the last ${entries === 1 ? unit : countText(entries, unit)}.${gradient}`
      : `The objective did not change in the last ${entries === 1 ? unit : countText(entries, unit)}.${gradient}`;
  }
  const pace = `The objective falls by ${percentText(fall)} per ${unit}.`;
  return remaining === null || remaining === 0 || remaining === Infinity
    ? pace + gradient
    : `${pace} At this pace, about ${countText(Math.ceil(remaining), `more ${unit}`)} bring the gradient to a thousandth of its first length.`;
}

function ending({ context: { stopped, certificate }, last }: RunView): string[] {
  const reasons: Readonly<Partial<Record<NonNullable<typeof stopped>, string>>> = {
    epochs: `The run ended after ${countText(last.epoch, "epoch")}, before a stopping rule held.`,
    stalled: "The run ended because the objective no longer fell.",
    validation: "The run ended because the validation loss no longer fell.",
    interrupted: "The run was interrupted.",
  };
  const reason = stopped && reasons[stopped];
  return [...(reason ? [reason] : []), ...(certificate ? [certificate.sentence] : [])];
}
