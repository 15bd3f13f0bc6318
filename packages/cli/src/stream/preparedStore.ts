// Writes the prepared rows of a table to a file of rows: training rows, validation rows, held-out rows, and samples of them.
import {
  type Label,
  type LearnedParts,
  type MissingCount,
  storedBytes,
  type TableInParts,
  type TypedParts,
} from "downhill";
import type { RowsLayout, StoredRange } from "../model/storedTable.ts";
import type { RowRoles } from "./rowRoles.ts";
import { type FeaturePart, newSample, samplePositions } from "./rowSample.ts";

/** The sections of a file. */
export interface Sections {
  readonly training: StoredRange;
  readonly validation: StoredRange | null;
  readonly heldOut: StoredRange | null;
  /** A sample of the training rows and the validation rows, and one of the held-out rows. */
  readonly trainingSample: StoredRange;
  readonly heldOutSample: StoredRange | null;
}

const CHUNK_BYTES = 2 ** 20;
const SAMPLE_BYTES = 2 ** 24;

/** What is known of the rows after they were written. */
export interface WrittenRows {
  readonly layout: RowsLayout;
  readonly sections: Sections;
  readonly missing: readonly MissingCount[];
}

/** The rows to write, and what was learnt from them. */
export interface RowsToWrite {
  readonly roles: RowRoles;
  readonly learned: LearnedParts;
  /** The class of each code of the targets; null for numbers. */
  readonly classes: readonly Label[] | null;
  readonly weighted: boolean;
}

/**
 * Writes the rows of all uses.
 *
 * @throws RangeError for cells that are errors in the features
 */
export function writeRows(
  append: (bytes: Uint8Array) => void,
  table: TableInParts,
  { roles, learned, classes, weighted }: RowsToWrite,
): WrittenRows {
  const { preparation } = learned;
  const columns = preparation.features.length;
  const rowBytes = 8 * (columns + 1 + Number(weighted));
  const rowsPerChunk = Math.max(1, Math.floor(CHUNK_BYTES / rowBytes));
  const codes = classes && new Map(classes.map((label, code) => [label, code]));
  const most = Math.ceil(SAMPLE_BYTES / rowBytes);
  const missing = new Map<string, number>();
  let position = 0;

  function write(parts: Iterable<FeaturePart>): StoredRange {
    const start = position;
    let rows = 0;
    const counted = function* (): Generator<FeaturePart, void> {
      for (const part of parts) {
        rows += part.targets.length;
        yield part;
      }
    };
    for (const bytes of storedBytes({ columns, weighted, rowsPerChunk }, counted())) {
      append(bytes);
      position += bytes.length;
    }
    return { position: start, rows };
  }

  /** Writes rows; returns them with a sample of at most `size` of them. */
  function section(rows: TypedParts, size: number): { readonly range: StoredRange; readonly sample: FeaturePart } {
    const preparer = table.preparer(preparation, rows);
    const count = Math.min(rows.rows, size);
    const sample = newSample({ columns, weighted, size: count }, samplePositions(rows.rows, count));
    const range = write(features());
    if (rows !== roles.heldOut) {
      for (const { column, count } of preparer.finish().missing)
        missing.set(column, (missing.get(column) ?? 0) + count);
    }
    return { range, sample: sample.part() };

    function* features(): Generator<FeaturePart, void> {
      let first = 0;
      for (const { typed, y, weights } of table.usable(preparer.columns, rows)) {
        const targets =
          codes === null ? (y as Float64Array) : Float64Array.from(y as readonly Label[], (label) => codes.get(label)!);
        const part = { inputs: preparer.features(typed, first), targets, ...(weights && { weights }) };
        sample.add(part);
        yield part;
        first += typed.rows;
      }
      preparer.finish();
    }
  }

  const share = (rows: TypedParts): number => Math.ceil((most * rows.rows) / roles.both.rows);
  const training = section(roles.training, share(roles.training));
  const validation = roles.validation && section(roles.validation, share(roles.validation));
  const heldOut = roles.heldOut && section(roles.heldOut, most);
  const trainingSample = write([training.sample, ...(validation ? [validation.sample] : [])]);
  const heldOutSample = heldOut && write([heldOut.sample]);
  return {
    layout: {
      names: preparation.features.map(({ name }) => name),
      unscaled: table.preparer(preparation, roles.both).unscaled,
      ...{ weighted, classes, rowsPerChunk },
    },
    sections: {
      training: training.range,
      validation: validation?.range ?? null,
      heldOut: heldOut?.range ?? null,
      ...{ trainingSample, heldOutSample },
    },
    missing: [...missing].map(([column, count]) => ({ column, count })),
  };
}
