// The file of a trained model: how its table is to be read, what the run was, and the library's own model.
import { readFileSync } from "node:fs";
import { type FittedModel, load } from "downhill";
import { DataError, show } from "../errors.ts";
import type { ColumnKind } from "../table/column.ts";
import type { FeatureSpec } from "../table/features.ts";
import type { Task } from "./names.ts";

const FORMAT = "downhill file";
const VERSION = 1;

/** The columns a model of a table was trained on. */
export interface TableSpec {
  readonly features: readonly FeatureSpec[];
  readonly target: { readonly name: string; readonly kind: ColumnKind };
}

/** The columns of ratings. */
export interface RatingsSpec {
  readonly user: { readonly name: string; readonly kind: ColumnKind };
  readonly item: { readonly name: string; readonly kind: ColumnKind };
  readonly rating: { readonly name: string };
}

/** What a run was told and what it resolved, as JSON values. */
export type RunRecord = Readonly<Record<string, unknown>>;

export interface ModelFile {
  readonly task: Task;
  readonly table: TableSpec | RatingsSpec;
  readonly run: RunRecord;
  readonly fitted: FittedModel;
}

/** The text of a model file; equal runs give equal text. */
export function modelText({ task, table, run, fitted }: ModelFile): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, task, table, run, model: fitted })}\n`;
}

/**
 * Reads a model file.
 *
 * @throws DataError when it is not there, of another kind or version, cut short or changed
 */
export function readModel(who: string, path: string): ModelFile {
  const refuse = (rule: string, got: string, advice: string): never => {
    throw new DataError(`${who}: model file must ${rule}, got ${got} in ${path}. ${advice}`);
  };
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new DataError(`${who}: model file must be a file that can be read, got ${show(path)}. Check the path.`);
  }
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return refuse("be whole JSON", "text that breaks off or is none", "Train again, or copy the file again.");
  }
  const { format, version, task, table, run, model } = (file ?? {}) as Record<string, unknown>;
  if (format === "downhill model") {
    refuse(`be of format "${FORMAT}"`, "a bare library model", "It has no column types: train with downhill train.");
  }
  if (format !== FORMAT) refuse(`be of format "${FORMAT}"`, show(format), "Name a file that downhill train wrote.");
  if (version !== VERSION) refuse(`be of version ${VERSION}`, show(version), "Update downhill, or train again.");
  if (!isSpec(table) || typeof task !== "string" || typeof run !== "object" || run === null) {
    refuse("be as it was saved", "one without its table's columns", "Train again.");
  }
  let fitted: FittedModel;
  try {
    fitted = load(model);
  } catch (error) {
    throw new DataError(`${who}: ${(error as Error).message.replace(/^load: /, "")} (${path})`);
  }
  return { task: task as Task, table: table as TableSpec | RatingsSpec, run: run as RunRecord, fitted };
}

/** The columns of a table, of a file that holds a model of one. */
export const isTableSpec = (table: TableSpec | RatingsSpec): table is TableSpec => "features" in table;

const named = (value: unknown): boolean =>
  typeof value === "object" && value !== null && typeof (value as { name?: unknown }).name === "string";

function isSpec(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { features, target, user, item, rating } = value as Record<string, unknown>;
  const ofTable = Array.isArray(features) && features.length > 0 && features.every(named) && named(target);
  return ofTable || (named(user) && named(item) && named(rating));
}
