// Decodes the body of a saved rating model.
import { loadBody } from "../../estimators/loadBody.ts";
import type { FittedFactorization } from "../../estimators/ratings/factorization.ts";
import type { SavedBody } from "../../estimators/saved/savedFile.ts";
import { choiceIn, integerIn, listIn, objectIn, reject, textIn } from "../../estimators/saved/savedMembers.ts";
import { readRuleIn } from "../preparation/savedPreparation.ts";
import type { ColumnKind } from "../reading/readRule.ts";
import { noteIn } from "../saved/savedTableModel.ts";
import type { RatingModelData } from "./fittedRatingModel.ts";
import type { RatingColumn } from "./ratingRows.ts";

/**
 * Decodes the body of a saved rating model.
 *
 * @throws RangeError or TypeError for members that no rating model can have, or that do not fit together
 */
export function decodeRatingModel(body: SavedBody): RatingModelData {
  const { user, item, rating, time } = objectIn("columns", body["columns"]);
  const { rows, leftOut } = objectIn("training", body["training"]);
  const inner = objectIn("model", body["model"]) as SavedBody;
  const model = loadBody({
    ...inner,
    kind: choiceIn("model.kind", inner.kind, ["factorization"]),
  }) as FittedFactorization;
  if ((rating === null) !== (model.settings.loss !== "halfSquared")) {
    reject("columns.rating", "null for implicit feedback, and only there", rating);
  }
  for (const [name, labels] of Object.entries({ users: model.users, items: model.items })) {
    const other = labels.find((label) => typeof label !== "string");
    if (other !== undefined) reject(`model.${name}`, "texts", other);
  }
  return {
    columns: {
      user: columnIn("columns.user", user, ["category"]),
      item: columnIn("columns.item", item, ["category"]),
      rating: rating === null ? null : columnIn("columns.rating", rating, ["number"]),
      time: time === null ? null : columnIn("columns.time", time, ["number", "date"]),
    },
    notes: listIn("notes", body["notes"]).map((note, at) => noteIn(`notes[${at}]`, note)),
    training: { rows: integerIn("training.rows", rows, 1), leftOut: integerIn("training.leftOut", leftOut, 0) },
    model,
  };
}

function columnIn(member: string, value: unknown, kinds: readonly ColumnKind[]): RatingColumn {
  const { name, read } = objectIn(member, value);
  const rule = readRuleIn(`${member}.read`, read);
  if (!kinds.includes(rule.kind)) reject(`${member}.read.kind`, kinds.join(" or "), rule.kind);
  return { name: textIn(`${member}.name`, name), read: rule };
}
