// Checks a preparation that comes from a file: every member, and whether the members fit together.
import { byCodePoints } from "../../core/codePoints.ts";
import { frozenCopy } from "../../core/frozenCopy.ts";
import { bucketsRule, isBucketCount } from "../../data/words.ts";
import {
  booleanIn,
  choiceIn,
  integerIn,
  listIn,
  namesIn,
  numberIn,
  objectIn,
  reject,
  textIn,
} from "../../estimators/saved/savedMembers.ts";
import { calendarParts } from "../reading/calendar.ts";
import { columnKinds } from "../reading/columnOptions.ts";
import { isFormat } from "../reading/numberText.ts";
import type { NumberFormat, ReadRule } from "../reading/readRule.ts";
import { columnsWithoutWords, featuresOfAll, featuresOfColumn } from "./featureNames.ts";
import type {
  DateLevel,
  DatePart,
  Encoding,
  Expansion,
  Feature,
  Fill,
  Preparation,
  PreparedColumn,
} from "./preparation.ts";

/**
 * The preparation in a saved model.
 *
 * @throws RangeError or TypeError for members that no preparation can have, or that do not fit together
 */
export function decodePreparation(value: unknown): Preparation {
  const saved = objectIn("preparation", value);
  const columns = listIn("preparation.columns", saved["columns"]).map((each, c) =>
    columnIn(`preparation.columns[${c}]`, each),
  );
  for (const [c, { name }] of columns.entries()) {
    if (c > 0 && byCodePoints(columns[c - 1]!.name, name) >= 0) {
      reject(`preparation.columns[${c}].name`, "after the name before it by code points", name);
    }
  }
  const target = objectIn("preparation.target", saved["target"]);
  const base = columnsWithoutWords(columns).flatMap(featuresOfColumn).length;
  const expansion = expansionIn("preparation.expansion", saved["expansion"], base);
  const features = featuresOfAll(columns, expansion);
  requireFeatures("preparation.features", saved["features"], features);
  const means = listIn("preparation.means", saved["means"]).map((mean, j) => numberIn(`preparation.means[${j}]`, mean));
  if (means.length !== features.length) reject("preparation.means", `${features.length} numbers`, saved["means"]);
  return {
    columns,
    target: {
      name: textIn("preparation.target.name", target["name"]),
      read: readRuleIn("preparation.target.read", target["read"]),
    },
    unseen: choiceIn("preparation.unseen", saved["unseen"], ["other", "error"]),
    expansion,
    features,
    means,
  };
}

function columnIn(member: string, value: unknown): PreparedColumn {
  const { name, read, encoding } = objectIn(member, value);
  const rule = readRuleIn(`${member}.read`, read);
  return {
    name: textIn(`${member}.name`, name),
    read: rule,
    encoding: encodingIn(`${member}.encoding`, encoding, rule),
  };
}

export function readRuleIn(member: string, value: unknown): ReadRule {
  const saved = objectIn(member, value);
  const kind = choiceIn(`${member}.kind`, saved["kind"], columnKinds);
  const { numbers, dates, order } = saved;
  if ((kind === "ordinal") !== (order !== undefined))
    reject(`${member}.order`, "in a rule for ordinals, and only there", order);
  return {
    kind,
    ...(numbers !== undefined && { numbers: formatIn(`${member}.numbers`, numbers) }),
    ...(dates !== undefined && { dates: textIn(`${member}.dates`, dates) }),
    ...(order !== undefined && { order: namesIn(`${member}.order`, order) }),
    missing: namesIn(`${member}.missing`, saved["missing"]),
  };
}

function formatIn(member: string, value: unknown): NumberFormat {
  if (!isFormat(value)) reject(member, "a decimal mark, a mark between groups, and a unit", value);
  const { decimal, group, unit } = value;
  return { decimal, group, unit };
}

function encodingIn(member: string, value: unknown, { kind }: ReadRule): Encoding {
  const saved = objectIn(member, value);
  const type = kind === "category" ? "oneHot" : kind === "date" || kind === "words" ? kind : "number";
  choiceIn(`${member}.type`, saved["type"], [type]);
  if (type === "number") return { type, fill: fillIn(`${member}.fill`, saved["fill"]) };
  if (type === "date") {
    const parts = listIn(`${member}.parts`, saved["parts"]).map((part, k) =>
      choiceIn<DatePart>(`${member}.parts[${k}]`, part, ["elapsed", "year", "month", "day", "weekday", "hour"]),
    );
    if (parts.length === 0 || new Set(parts).size < parts.length)
      reject(`${member}.parts`, "distinct parts of dates", parts);
    const origin = numberIn(`${member}.origin`, saved["origin"]);
    const levels = listIn(`${member}.levels`, saved["levels"]).map((level, k): DateLevel => {
      const { part, value } = objectIn(`${member}.levels[${k}]`, level);
      return {
        part: choiceIn(`${member}.levels[${k}].part`, part, calendarParts),
        value: integerIn(`${member}.levels[${k}].value`, value, -1_000_000),
      };
    });
    return { type, origin, parts, levels, fill: fillIn(`${member}.fill`, saved["fill"]) };
  }
  if (type === "words") {
    const { buckets, missing } = saved;
    if (!isBucketCount(buckets)) reject(`${member}.buckets`, bucketsRule, buckets);
    return {
      type,
      buckets: buckets as number,
      seed: integerIn(`${member}.seed`, saved["seed"], 0),
      missing: missing === null ? null : textIn(`${member}.missing`, missing),
    };
  }
  const categories = namesIn(`${member}.categories`, saved["categories"]);
  const rare = namesIn(`${member}.rare`, saved["rare"]);
  const both = rare.find((text) => categories.includes(text));
  if (both !== undefined) reject(`${member}.rare`, "categories that are not in categories", both);
  const { missing } = saved;
  if (missing === null || missing === "feature" || missing === "zeros") return { type, categories, rare, missing };
  const { category } = objectIn(`${member}.missing`, missing);
  return { type, categories, rare, missing: { category: textIn(`${member}.missing.category`, category) } };
}

function fillIn(member: string, saved: unknown): Fill | null {
  if (saved === null) return null;
  const { value, indicator } = objectIn(member, saved);
  return { value: numberIn(`${member}.value`, value), indicator: booleanIn(`${member}.indicator`, indicator) };
}

function expansionIn(member: string, saved: unknown, base: number): Expansion | null {
  if (saved === null) return null;
  const members = objectIn(member, saved);
  const type = choiceIn(`${member}.type`, members["type"], ["quadratic", "splines"]);
  const positionIn = (name: string, value: unknown): number => {
    const position = integerIn(name, value, 0);
    if (position >= base) reject(name, `below the number of features of columns (${base})`, position);
    return position;
  };
  if (type === "quadratic") {
    return {
      type,
      products: listIn(`${member}.products`, members["products"]).map((pair, k) => {
        const name = `${member}.products[${k}]`;
        const [i, j, ...others] = listIn(name, pair);
        if (others.length > 0) reject(name, "two positions", pair);
        return [positionIn(`${name}[0]`, i), positionIn(`${name}[1]`, j)];
      }),
    };
  }
  return {
    type,
    splines: listIn(`${member}.splines`, members["splines"]).map((spline, k) => {
      const name = `${member}.splines[${k}]`;
      const { feature, knots } = objectIn(name, spline);
      const numbers = listIn(`${name}.knots`, knots).map((knot, at) => numberIn(`${name}.knots[${at}]`, knot));
      const rise = numbers.every((knot, at) => at === 0 || knot > numbers[at - 1]!);
      if (numbers.length < 3 || !rise) reject(`${name}.knots`, "at least three numbers that rise", knots);
      return { feature: positionIn(`${name}.feature`, feature), knots: numbers };
    }),
  };
}

/** The features follow from the columns and the expansion, so that a file with other features was changed. */
function requireFeatures(member: string, value: unknown, expected: readonly Feature[]): void {
  const saved = listIn(member, value);
  if (saved.length !== expected.length) reject(member, `the ${expected.length} features of the columns`, value);
  for (const [j, { name, columns, buckets }] of expected.entries()) {
    const feature = objectIn(`${member}[${j}]`, saved[j]);
    if (feature["name"] !== name) reject(`${member}[${j}].name`, JSON.stringify(name), feature["name"]);
    if (feature["buckets"] !== buckets) reject(`${member}[${j}].buckets`, String(buckets), feature["buckets"]);
    const own = namesIn(`${member}[${j}].columns`, feature["columns"]);
    if (own.join("\n") !== columns.join("\n")) reject(`${member}[${j}].columns`, "the columns of the feature", own);
  }
}

/** A preparation as a saved model has it: 0 has one sign. */
export const savedForm = (preparation: Preparation): Preparation =>
  frozenCopy(decodePreparation(JSON.parse(JSON.stringify(preparation))));
