// The end of a run: what it has reached, how far from the best, and what to try next.

import { counted, formatCount, formatNumber } from "@downhill/plots/format";
import type { Frame, RunFacts } from "../../worker/protocol.ts";
import { verdictLabel } from "../labels.ts";

const KNOWN = 1e-8; // of the lowest possible loss: the page knows it at least so exactly
const FASTER = 0.7; // of the epochs: a learning rate that needs more than this is not much better

/** The numbers of a run that has ended, with their names. */
export function summaryFacts({ update, loss, heldOut, summary }: Frame): readonly (readonly [string, string])[] {
  if (summary === null) return [];
  const { seconds, aboveLowest, lower, metric } = summary;
  const rows = metric.isHeldOut ? "held-out" : "training";
  return [
    ["Updates", formatCount(update)],
    ["Computing time", `${formatNumber(seconds, 2)} s`],
    ["Loss", formatNumber(loss)],
    ...(aboveLowest === null ? [] : [["Above the lowest possible loss", distance(aboveLowest, loss)] as const]),
    ...(lower === null
      ? []
      : [["Lowest loss of the runs", `${formatNumber(lower.loss)}, of run ${lower.letter}`] as const]),
    ...(heldOut === null ? [] : [["Held-out loss", formatNumber(heldOut)] as const]),
    [`${metric.name} of the ${rows} rows`, formatNumber(metric.value, 3)],
  ];
}

const distance = (aboveLowest: number, loss: number): string =>
  aboveLowest <= KNOWN * loss ? `less than ${formatNumber(KNOWN)} of it` : formatNumber(aboveLowest, 2);

/** The best learning rate, where the forecast promises much fewer epochs with it; null otherwise. */
export function fasterRate({ rate: { best, epochs, bestEpochs } }: RunFacts): { rate: number; epochs: number } | null {
  const isFaster = best !== null && epochs !== null && bestEpochs !== null && bestEpochs < FASTER * epochs;
  return isFaster ? { rate: Number(best.toPrecision(3)), epochs: bestEpochs } : null;
}

/** What to try after a run that has ended, as a sentence; the remedies of its verdict are buttons. */
export function nextText({ ended, remedies }: Frame, facts: RunFacts): string {
  if (remedies.length > 0) return "";
  const faster = fasterRate(facts);
  if (faster) {
    const epochs = counted(Math.ceil(Number(faster.epochs.toPrecision(2))), "epoch");
    return ` With the learning rate ${formatNumber(faster.rate)}, the forecast is about ${epochs}.`;
  }
  if (ended === "epochs") return " It can go on: press “1,000 more epochs”.";
  return " Change a setting to compare: this run is kept, and the next one is drawn beside it.";
}

/** The end of a run in words, for a screen reader. */
export function summaryText(frame: Frame): string {
  const { letter, verdict } = frame;
  const name = verdict === null ? "" : ` ${verdictLabel(verdict)[1]}. ${verdict.sentence}`;
  return `Run ${letter} has ended.${name} ${summaryFacts(frame)
    .map(([fact, value]) => `${fact}: ${value}.`)
    .join(" ")}`;
}
