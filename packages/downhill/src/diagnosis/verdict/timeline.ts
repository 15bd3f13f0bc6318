import { healthy } from "./rules/atEnd.ts";
import type { RunContext } from "./runContext.ts";
import { runView } from "./runView.ts";
import type { Signals } from "./signals.ts";
import { unlessHealthy, type Verdict, type VerdictId, verdict } from "./verdict.ts";

/** A part of a run with one verdict. */
export interface VerdictPeriod {
  /** The number of updates at the first entry of the period. */
  readonly from: number;
  /** The number of updates at its last entry. */
  readonly to: number;
  /** The verdict at the end of the period. */
  readonly verdict: Verdict;
}

/** The facts about the end of a run. */
export type RunEnd = Pick<RunContext, "stopped" | "divergence" | "certificate">;

/** Follows the verdicts of a run while its trace grows. */
export interface VerdictTimeline {
  /** Reads the new entries of the trace. Returns the verdict of the last period that they begin; null if they begin none. */
  update(): Verdict | null;
  /** The periods of the run, which has ended now. */
  end(facts: RunEnd): VerdictPeriod[];
}

const HOLD = 5; // entries
const SHARE = 0.1; // of the trace, times the number of periods so far
const STRIDE = 20; // from this entry on, the distance of the entries with a verdict grows, so that long traces cost little

const idOf = (found: Verdict | null): VerdictId => found?.id ?? "healthy";

/** Whether a verdict begins a period at once. */
const isUrgent = (id: VerdictId, periods: readonly VerdictPeriod[]): boolean =>
  id === "diverged" || (id === "exploding" && periods.length <= 1);

/**
 * Makes a timeline of a trace, to which a `signalRecorder` may add entries. A run begins as healthy. A single entry is weak
 * evidence, so a period goes on until the entries with other verdicts outnumber those with its own by 5 and by a tenth of the
 * trace; each period before adds another tenth. So a run has few changes, even if its verdicts alternate. "diverged" begins at
 * once, and "exploding" too in the first period. From the 20th entry on, the verdicts are computed at distances of 5 % of the trace.
 *
 * @throws RangeError (`end`) for an empty trace without a divergence
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, linear, plain, risk, signalRecorder, train, verdictTimeline } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-1, 0, 1), rows: 3, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(1, 3, 5)) });
 * const context = { shape: "quadratic", examples: 3, batchRows: 3, optimizer: plain(1.9).spec } as const;
 * const recorder = signalRecorder();
 * const timeline = verdictTimeline(recorder.trace, context);
 * const changes: string[] = [];
 * for (const step of train(problem, plain(1.9), { epochs: 20 })) {
 *   recorder.add(step);
 *   const changed = timeline.update();
 *   if (changed) changes.push(`${step.t} ${changed.id}`);
 * }
 * changes; // ["1 healthy", "14 zigzag"]
 * ```
 */
export function verdictTimeline(trace: readonly Signals[], context: RunContext): VerdictTimeline {
  const { stopped: _, divergence: __, certificate: ___, ...during } = context;
  const periods: { from: number; to: number; verdict: Verdict }[] = [];
  let read = 0; // entries
  let against = 0; // by how many entries other verdicts outnumber that of the period
  let lastHealthy = 0; // the last healthy entry of a healthy period: its verdict, with its sentence, is made when the period ends

  const healthyAt = (end: number): Verdict => healthy(runView(trace, end, during));

  /** Ends the current period. */
  function close(): void {
    if (lastHealthy > 0) periods.at(-1)!.verdict = healthyAt(lastHealthy);
    lastHealthy = 0;
  }

  function begin(at: number, found: Verdict): Verdict {
    close();
    const update = trace[at - 1]?.update ?? 0;
    periods.push({ from: update, to: update, verdict: found });
    against = 0;
    return found;
  }

  /** Reads the entries up to `end`. */
  function readTo(end: number): Verdict | null {
    const entries = end - read;
    read = end;
    const found = unlessHealthy(runView(trace, end, during));
    const urgent = found !== null && isUrgent(found.id, periods);
    const first = periods.length > 0 ? null : begin(end, urgent ? found : healthyAt(end));
    const current = periods.at(-1)!;
    current.to = trace[end - 1]!.update;
    if (current.verdict.id === idOf(found)) {
      against = Math.max(0, against - entries);
      if (found) current.verdict = found;
      else lastHealthy = end;
      return first;
    }
    against += entries;
    const begins = urgent || against >= Math.max(HOLD, SHARE * periods.length * end);
    return begins ? begin(end, found ?? healthyAt(end)) : first;
  }

  function update(): Verdict | null {
    let begun: Verdict | null = null;
    for (;;) {
      const next = read + Math.max(1, Math.floor(read / STRIDE));
      if (next > trace.length) return begun;
      begun = readTo(next) ?? begun;
    }
  }

  return {
    update,
    end(facts) {
      const last = verdict(trace, { ...during, ...facts });
      update();
      if (read < trace.length) readTo(trace.length);
      close();
      const current = periods.at(-1);
      if (current?.verdict.id === last.id) current.verdict = last;
      else if (
        current === undefined ||
        (trace.length < HOLD && against === trace.length) || // so short that more evidence is not possible
        last.id !== idOf(unlessHealthy(runView(trace, trace.length, during))) // the end itself is the reason
      ) {
        begin(trace.length, last);
      }
      return periods;
    },
  };
}

/**
 * The verdicts of a whole run in the order of time: the periods of its `verdictTimeline`. A verdict that follows from the end of the
 * run, such as "converged", is the last period.
 *
 * @throws RangeError for an empty trace without a divergence
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, linear, plain, risk, signalRecorder, train, verdictPeriods } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-1, 0, 1), rows: 3, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(1, 3, 5)) });
 * const recorder = signalRecorder();
 * for (const step of train(problem, plain(1.9), { epochs: 20 })) recorder.add(step);
 * const context = { shape: "quadratic", examples: 3, batchRows: 3, optimizer: plain(1.9).spec } as const;
 * verdictPeriods(recorder.trace, context).map(({ from, verdict }) => `${from} ${verdict.id}`); // ["1 healthy", "14 zigzag"]
 * ```
 */
export const verdictPeriods = (trace: readonly Signals[], context: RunContext): VerdictPeriod[] =>
  verdictTimeline(trace, context).end(context);
