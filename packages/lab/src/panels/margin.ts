// The margin of a support vector machine, and which rows its latest update used.

import { formatNumber } from "@downhill/plots/format";
import type { FittedClassifier, FittedLinearClassifier } from "downhill";
import { classOrder } from "../state/classOrder.ts";
import type { TableRun } from "../state/labRun.ts";
import { marginWidth } from "../state/marginWidth.ts";
import type { ShownRun } from "../training/shownRun.ts";
import { updateRows } from "../training/updateRows.ts";

/** Numbers about the margin. */
export interface MarginPart {
  /** 2 / ‖w‖ of each score, of more than two classes in the order of the page, in the units of the columns that the run trains on. */
  readonly widths: readonly number[];
  readonly isStandardized: boolean;
  /** Training rows in the margin or on the wrong side. */
  readonly support: number;
  readonly rows: number;
  readonly hinge: number;
  readonly penalty: number;
  /** Why the latest update was as it was. */
  readonly why: string;
  /** A sentence about the margin where all rows are on the right side. */
  readonly note: string;
}

/** The penalty l2/2 ‖w‖² + l1 ‖w‖₁ of a model with linear scores. */
export function penaltyOf(model: FittedClassifier, params: Float64Array): number {
  const { l2, l1 = 0 } = model.options;
  const scores = params.length / (model.features + 1);
  const weights = params.subarray(0, scores * model.features);
  const sum = (value: (w: number) => number): number => weights.reduce((total, w) => total + value(w), 0);
  return (Number(l2) / 2) * sum((w) => w * w) + Number(l1) * sum(Math.abs);
}

/** For each row, the smallest y·f of its scores. */
function margins(model: FittedClassifier, { train }: TableRun): number[] {
  const { data, columns } = model.scores(train.X);
  return Array.from(train.y, (label, i) => {
    const own = model.classes.indexOf(label);
    const signed = Array.from({ length: columns }, (_, k) => {
      const sign = columns === 1 ? (own === 1 ? 1 : -1) : own === k ? 1 : -1;
      return sign * data[i * columns + k]!;
    });
    return Math.min(...signed);
  });
}

/** The numbers of a support vector machine with these parameters. */
export function marginOf(run: ShownRun, table: TableRun, params: Float64Array): MarginPart {
  const model = run.fitted.model(params) as FittedLinearClassifier;
  const { features } = model;
  const scores = params.length / (features + 1);
  const order = scores === 1 ? [0] : classOrder(model.classes);
  const widths = order.map((k) => marginWidth(params.subarray(k * features, (k + 1) * features)));
  const all = margins(model, table);
  const support = all.filter((margin) => margin <= 1).length;
  const penalty = penaltyOf(model, params);
  const isRight = all.every((margin) => margin > 0);
  return {
    widths,
    isStandardized: run.fitted.scaling !== null,
    support,
    rows: all.length,
    penalty,
    hinge: run.live.evaluator.at(params) - penalty,
    why: whyText(run, table),
    note: isRight
      ? "All training rows are on the right side. The run goes on all the same: it makes the margin wider, or the hinge smaller."
      : "",
  };
}

/** Which rows the latest update used, or the next one will use, and how they act on it. */
function whyText({ live, fitted }: ShownRun, table: TableRun): string {
  const { from, isDone } = live.latestUpdate;
  const number = live.now.update + (isDone ? 0 : 1);
  const rows = updateRows(live, number);
  if (rows === null) return "The rows of this update are not known, because validation rows are set apart.";
  const model = fitted.model(from) as FittedClassifier;
  const all = margins(model, table);
  const verb = (done: string, next: string): string => (isDone ? done : next);
  const subject = `Update ${number} ${verb("used", "will use")}`;
  const active = rows.filter((row) => all[row]! < 1);
  const shrink = `The penalty ${verb("made", "will make")} all weights smaller by the share rate · l2.`;
  if (rows.length > 1) {
    return (
      `${subject} ${rows.length} rows. For ${active.length} of them y·f ${verb("was", "is")} below 1, so the hinge is active: ` +
      `the weights ${verb("got", "will get")} rate / ${rows.length} times the sum of their y·x. ${shrink}`
    );
  }
  const [row] = rows as [number];
  const values = Array.from(table.train.X.data.subarray(row * model.features, (row + 1) * model.features), (value) =>
    formatNumber(value, 3),
  );
  const shown = values.length > 4 ? `${values.slice(0, 4).join(", ")}, …` : values.join(", ");
  const margin = `${subject} training row ${row + 1} (${shown}; class ${table.train.y[row]}). Its y·f ${verb("was", "is")} ${formatNumber(all[row]!, 3)}`;
  return active.length === 1
    ? `${margin}, below 1, so the hinge is active: the weights ${verb("got", "will get")} rate · y · x. ${shrink}`
    : `${margin}, at least 1, so the hinge is 0 there and has no gradient. ${shrink}`;
}
