import { changeText, countText, numberText, percentText } from "../../numberText.ts";
import { setSeparableL2 } from "../remedies.ts";
import { fallPerEntry, mean, objectiveOf, ROUNDING, type RunView, remainingEntries, valueName } from "../runView.ts";
import type { Remedy, Verdict } from "../verdict.ts";
import type { Rule } from "./rule.ts";

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

const WINDOW = 10; // epochs

/** The pace of a run. With batches it compares means over epochs, because single values are noisy; null for one epoch of batches. */
function paceOf(run: RunView): (NonNullable<ReturnType<typeof fallPerEntry>> & { readonly to: number }) | null {
  const fall = fallPerEntry(run);
  const values = run.full ? [] : run.recent(2 * WINDOW).map(objectiveOf);
  if (values.length === 0) return fall && { ...fall, to: objectiveOf(run.last) };
  const [from, to] = [mean(values.slice(0, WINDOW)), mean(values.slice(WINDOW))];
  return { share: from === 0 ? 0 : (from - to) / (WINDOW * Math.abs(from)), entries: WINDOW, from, to };
}

/** The verdict where no rule holds. Its sentences state only what is measured. */
export function healthy(run: RunView): Verdict {
  const fall = paceOf(run);
  const { context, last } = run;
  // The gradient of the hinge does not become small, and that of batches depends on the noise and on the schedule.
  const limit = context.forecast?.limit;
  const canSettle = limit == null || last.learningRate < limit;
  const remaining = run.full && context.shape !== "convex" && canSettle ? remainingEntries(run) : null;
  const epochs = remaining === null ? Infinity : last.epoch + Math.ceil(remaining);
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
      ...(fall !== null && { fall: fall.share }),
      ...(remaining !== null && remaining < Infinity && { remaining }),
    },
    remedies: longer,
  };
}

function progress(run: RunView, fall: ReturnType<typeof paceOf>, remaining: number | null): string {
  const { context, first, last, unit } = run;
  const now = objectiveOf(last);
  const name = valueName(run);
  if (fall === null) return `The ${name} is ${numberText(now)} after the first ${unit}.`;
  const share =
    last.gradientNorm === null || context.shape === "convex" ? null : last.gradientNorm / first.gradientNorm!;
  const gradient =
    share === null || run.end === 1
      ? ""
      : ` The gradient ${share < 2 ? `has ${percentText(share)} of` : `is ${numberText(share, 2)} times`} its first length.`;
  const period = `in the last ${fall.entries === 1 ? unit : countText(fall.entries, unit)}`;
  if (fall.share < -ROUNDING && !run.full && run.end >= 2 * WINDOW)
    return `The mean ${name.replace("mean ", "")} of ${countText(WINDOW, unit)} rose ${changeText(fall.from, fall.to)}.${gradient}`;
  if (fall.share < -ROUNDING) return `The ${name} rose ${changeText(fall.from, fall.to)} ${period}.${gradient}`;
  if (fall.share <= ROUNDING) return `The ${name} did not change ${period}.${gradient}`;
  const pace = `The ${name} falls by ${percentText(fall.share)} per ${unit}.`;
  return remaining === null || remaining === 0 || remaining === Infinity
    ? pace + gradient
    : `${pace} At this pace, about ${countText(Math.ceil(remaining), `more ${unit}`)} bring the gradient to a thousandth of its first length.`;
}

function ending({ context: { stopped, certificate }, last }: RunView): string[] {
  const { lowestValidation: validation } = last;
  const reasons: Readonly<Partial<Record<NonNullable<typeof stopped>, string>>> = {
    epochs: `The run ended after ${countText(last.epoch, "epoch")}, before a stopping rule held.`,
    stalled: "The run ended because the objective no longer fell.",
    validation: validation
      ? `The run ended because the validation loss no longer fell; the fitted model keeps the parameters of epoch ${validation.epoch}, where it was lowest (${numberText(validation.loss)}).`
      : "The run ended because the validation loss no longer fell.",
    interrupted: "The run was interrupted.",
  };
  const reason = stopped && reasons[stopped];
  return [...(reason ? [reason] : []), ...(certificate ? [certificate.sentence] : [])];
}
