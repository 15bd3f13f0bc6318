// Encodes a fitted model of a table as the body of a saved model, and decodes it.
import type { Label } from "../../core/label.ts";
import type { FittedClassifier } from "../../estimators/fitted/classifier.ts";
import type { FittedRegression } from "../../estimators/fitted/regression.ts";
import { loadBody } from "../../estimators/loadBody.ts";
import { frame, type SavedBody } from "../../estimators/saved/savedFile.ts";
import {
  choiceIn,
  integerIn,
  listIn,
  numberIn,
  objectIn,
  reject,
  textIn,
} from "../../estimators/saved/savedMembers.ts";
import type { TableModelData, TrainingFacts } from "../fitted/fittedTableModel.ts";
import { hasWords, widthOf } from "../preparation/featureNames.ts";
import type { Preparation } from "../preparation/preparation.ts";
import { decodePreparation } from "../preparation/savedPreparation.ts";
import type { Note } from "../reading/typedTable.ts";

type InnerModel = FittedClassifier | FittedRegression;

/** The saved model as JSON data. */
export function encodeTableModel({ model, preparation, notes, training }: TableModelData<InnerModel>): unknown {
  const { body } = model.toJSON() as { readonly body: SavedBody };
  return frame({ kind: "table", preparation, notes, training, model: body });
}

/**
 * Decodes the body of a saved model.
 *
 * @throws RangeError or TypeError for members that no model of a table can have, or that do not fit together
 */
export function decodeTableModel(body: SavedBody): TableModelData<InnerModel> {
  const preparation = decodePreparation(body["preparation"]);
  const model = innerModel(body["model"], preparation);
  return {
    preparation,
    notes: listIn("notes", body["notes"]).map((note, at) => noteIn(`notes[${at}]`, note)),
    training: trainingIn(body["training"], "classes" in model ? model.classes : null),
    model,
  };
}

/** The fitted model of the features. Its features and its classes must be those of the preparation. */
function innerModel(value: unknown, preparation: Preparation): InnerModel {
  const { features } = preparation;
  const body = objectIn("model", value) as SavedBody;
  const kind = choiceIn("model.kind", body.kind, ["linear", "logistic", "softmax", "svm", "network"]);
  const model = loadBody({ ...body, kind }) as InnerModel;
  const names = hasWords(preparation) ? null : features.map(({ name }) => name);
  if (widthOf(features) !== model.features || JSON.stringify(names) !== JSON.stringify(model.names)) {
    const expected =
      names === null ? "null, because words have no names" : `the names of the features (${names.length})`;
    reject("model.names", `${expected}, and its columns ${widthOf(features)}`, model.names ?? model.features);
  }
  return model;
}

export function noteIn(member: string, value: unknown): Note {
  const { code, column, text, level } = objectIn(member, value);
  return {
    code: textIn(`${member}.code`, code),
    column: column === null ? null : textIn(`${member}.column`, column),
    text: textIn(`${member}.text`, text),
    level: choiceIn(`${member}.level`, level, ["information", "warning"]),
  };
}

function trainingIn(value: unknown, classes: readonly Label[] | null): TrainingFacts {
  const { rows, withoutTarget, leftOut, missing, baseline } = objectIn("training", value);
  return {
    rows: integerIn("training.rows", rows, 1),
    withoutTarget: integerIn("training.withoutTarget", withoutTarget, 0),
    leftOut: integerIn("training.leftOut", leftOut, 0),
    missing: listIn("training.missing", missing).map((entry, at) => {
      const { column, count } = objectIn(`training.missing[${at}]`, entry);
      return {
        column: textIn(`training.missing[${at}].column`, column),
        count: integerIn(`training.missing[${at}].count`, count, 1),
      };
    }),
    baseline:
      classes === null ? numberIn("training.baseline", baseline) : classIn("training.baseline", baseline, classes),
  };
}

function classIn(member: string, value: unknown, classes: readonly Label[]): Label {
  if (!classes.includes(value as Label)) reject(member, "a class of the model", value);
  return value as Label;
}
