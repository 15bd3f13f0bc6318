import { InputRangeError, InputTypeError, known, show } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import { requireLinear } from "../exportCoefficients.ts";
import { type Exportable, type ModelForm, modelFormOf } from "../modelForm.ts";
import { scoreTexts } from "./scoreTexts.ts";
import { caseText, labelText, numberText, withNames } from "./sqlText.ts";

/** What an SQL expression computes for a classifier; the default is the class. Pass at most one of the options. */
export interface SqlOptions {
  /** The class whose probability is computed. */
  readonly probability?: Label;
  /** The class whose score is computed. A model of two classes with one score has only that of the second class. */
  readonly score?: Label;
}

const LARGEST = numberText(Number.MAX_VALUE);

/**
 * Writes a model with linear scores as one expression of SQL, for SELECT and WHERE: the number that a regression predicts, or the
 * class of a classifier. The expression contains the names of the columns, so the table of the query must have these columns.
 * The value is NULL for a row that the model cannot predict: a row with an infinite number, with a cell that it cannot read, or with a
 * missing cell or an unseen category where these are errors.
 *
 * The cells are read by the rules of the model, from columns of numbers, booleans, dates or text. A date must be a DATE, a
 * TIMESTAMP or a text of ISO 8601. The expression uses standard SQL and is tested with DuckDB.
 *
 * @param model  a fitted model with linear scores and with names of columns
 * @param options  for a classifier: a class whose probability or score is computed instead of the class
 * @throws TypeError for a network, a factorization, columns without names, or dates in a format other than ISO 8601; RangeError for a class that the model does not have
 *
 * @example
 * ```ts
 * import { exportSql, logisticRegression } from "downhill";
 *
 * const rows = [{ age: 20 }, { age: 60 }];
 * const model = logisticRegression().fit(rows, ["no", "yes"]);
 * const query = `SELECT *, ${exportSql(model)} AS answer, ${exportSql(model, { probability: "yes" })} AS p FROM people`;
 * query.includes('"age"'); // true
 * ```
 */
export function exportSql(model: Exportable, options: SqlOptions = {}): string {
  const { probability, score } = known("exportSql", options, "probability", "score");
  const form = modelFormOf("exportSql", model);
  requireLinear("exportSql", form);
  if (form.names === null) {
    throw new InputTypeError(
      "exportSql: the columns must have names, got a model of numbers without names. Fit records or a matrix with names.",
    );
  }
  if (probability !== undefined && score !== undefined) {
    throw new InputTypeError("exportSql: options must have one member, got probability and score. Remove one of them.");
  }
  const columns = form.preparation?.columns.map(({ name }) => name) ?? form.names;
  const scoreName = freeNames("score", columns);
  const z = Array.from(form.layers[0]!.intercepts, (_, c) => scoreName(c));
  const value =
    probability !== undefined
      ? probabilityText(z, form, positionOf("probability", probability, form))
      : score !== undefined
        ? scoreText(z, form, positionOf("score", score, form))
        : predictionText(z, form);
  const finite = z.map((name) => `${name} BETWEEN ${numberText(-Number.MAX_VALUE)} AND ${LARGEST}`).join(" AND ");
  const { scores, named } = scoreTexts(form, freeNames("feature", columns));
  return withNames(
    scores.map((text, c) => [z[c]!, text]),
    caseText([[finite, value]]),
    named,
  );
}

/** Names with a number that no column has: in SQL, small and capital letters are the same. */
function freeNames(start: string, columns: readonly string[]): (position: number) => string {
  let free = start;
  while (columns.some((name) => name.toLowerCase().startsWith(free))) free += "_";
  return (position) => `${free}${position + 1}`;
}

function predictionText(z: readonly string[], form: ModelForm): string {
  const { classes, threshold, link } = form;
  if (classes === null) return link === "exp" ? `EXP(${z[0]})` : z[0]!;
  if (threshold !== null) {
    const isSecond = `${probabilityText(z, form, 1)} >= ${numberText(threshold)}`;
    return caseText([[isSecond, labelText(classes[1]!)]], labelText(classes[0]!));
  }
  if (z.length === 1) return caseText([[`${z[0]} > 0`, labelText(classes[1]!)]], labelText(classes[0]!));
  const cases = classes.slice(0, -1).map((label, c) => {
    const others = z.filter((_, other) => other !== c);
    return [others.map((other) => `${z[c]} >= ${other}`).join(" AND "), labelText(label)] as const;
  });
  return caseText(cases, labelText(classes.at(-1)!));
}

/** The position of a class. */
function positionOf(option: string, label: Label, { classes }: ModelForm): number {
  const position = classes?.indexOf(label) ?? -1;
  if (position >= 0) return position;
  throw new InputRangeError(
    `exportSql: ${option} must be a class of the model, got ${show(label)}. ` +
      (classes === null ? "Leave it out for a regression." : `Pass one of ${classes.map(show).join(", ")}.`),
  );
}

function scoreText(z: readonly string[], { classes }: ModelForm, position: number): string {
  if (z.length > 1) return z[position]!;
  if (position === 1) return z[0]!;
  throw new InputRangeError(
    `exportSql: score must be ${show(classes![1])}, the class of the only score, got ${show(classes![0])}. Pass ${show(classes![1])}.`,
  );
}

/** 1/(1 + e^−z), or e^z_c / Σ e^z without a positive exponent of the largest score. */
function probabilityText(z: readonly string[], { link }: ModelForm, position: number): string {
  if (link === "sign") {
    throw new InputTypeError(
      "exportSql: the model must have probabilities, got a linearSvm. Use the option score, or train a softmaxRegression.",
    );
  }
  if (link === "softmax") {
    const terms = z.map((other, c) => (c === position ? "1e0" : `EXP(${other} - ${z[position]})`));
    return `1e0 / (${terms.join(" + ")})`;
  }
  const exponent = position === 1 ? `-${z[0]}` : z[0]!;
  return `1e0 / (1e0 + EXP(${exponent}))`;
}
