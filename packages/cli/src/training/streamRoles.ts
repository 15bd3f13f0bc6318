// Which rows of a table that is read in parts are held out, and which are validation rows.
import {
  type FittedClassifier,
  type FittedRegression,
  type InnerEstimator,
  type Label,
  type SplitRows,
  type TableInParts,
  trainTestSplit,
} from "downhill";
import { UsageError } from "../errors/errors.ts";
import { heldOutRows } from "../model/splitRows.ts";
import { dialectOf } from "../model/tableOptions.ts";
import { DEFAULT_HOLD_OUT, DEFAULT_SEED, type TrainOptions } from "../options/trainOptions.ts";
import { DIVIDED, divideRows, type RowRoles } from "../stream/rowRoles.ts";
import type { ScratchFile } from "../stream/scratchFile.ts";
import type { OpenTable } from "../table/openTable.ts";

interface RolesRequest {
  readonly options: TrainOptions;
  readonly target: string;
  readonly isClasses: boolean;
  readonly usable: number;
  readonly scratch: ScratchFile;
  readonly estimator: Pick<InnerEstimator<FittedClassifier | FittedRegression>, "validationSplit">;
}

/** Divides the rows as `prepareTable` does; rows of a large table are divided block by block. */
export function rolesOf(
  open: OpenTable,
  table: TableInParts,
  { options, target, isClasses, usable, scratch, estimator }: RolesRequest,
): RowRoles {
  const { holdOut: share = DEFAULT_HOLD_OUT, seed = DEFAULT_SEED, group, time } = options;
  const names = [group, time].filter((name) => name !== undefined);
  if (names.length > 0 && usable > DIVIDED) {
    throw new UsageError(
      `train: --${group === undefined ? "time" : "group"} needs at most ${DIVIDED} rows with --stream, but there are ${usable}. ` +
        "Hold out rows in a query, or leave the option out.",
    );
  }
  const dialect = dialectOf("train", open.locate);
  return divideRows(table, { usable, names, scratch }, ({ y, typed, block }) => {
    const facts = { rows: null, withoutTarget: 0, leftOut: 0, notes: [], dialect, y, typed };
    const ofBlock = { share, seed: seed + block, group, time, target };
    const split =
      usable > DIVIDED && share > 0 ? splitOfBlock(y, isClasses, ofBlock) : heldOutRows(facts, isClasses, ofBlock);
    const rest = split?.train.sort() ?? null;
    const own =
      rest === null
        ? y
        : y instanceof Float64Array
          ? Float64Array.from(rest, (row) => y[row]!)
          : Array.from(rest, (row) => y[row]!);
    const validation = estimator.validationSplit(own as never)?.test ?? new Uint32Array(0);
    return {
      heldOut: split?.test ?? new Uint32Array(0),
      validation: rest === null ? validation : validation.map((row) => rest[row]!),
    };
  });
}

const splitOfBlock = (
  y: Float64Array | readonly Label[],
  isClasses: boolean,
  { share, seed }: { share: number; seed: number },
): SplitRows =>
  isClasses
    ? trainTestSplit(y, { testShare: share, seed, stratify: true })
    : trainTestSplit(y.length, { testShare: share, seed });
