// Writes the descriptor of a sweep (kernels/sweepLayout.ts): some fields once per run, the others at every call.
import type { RowBlocks } from "../kernels/rowBlocks.ts";
import * as field from "../kernels/sweepLayout.ts";
import type { BulkUpdates, SweepRisk } from "./predictor.ts";

/** Writes the fields that every predictor has, and that stay the same during a run. */
export function writeRunFields(sweep: Float64Array, inputs: RowBlocks, blockRows: number, risk: SweepRisk): void {
  const { targets, weights } = risk;
  sweep[field.loss] = risk.loss;
  sweep[field.inputs] = inputs.address;
  sweep[field.targets] = targets.address;
  sweep[field.weights] = weights?.address ?? 0;
  sweep[field.blockInputs] = inputs.scratch;
  sweep[field.blockTargets] = targets.scratch;
  sweep[field.blockWeights] = weights?.scratch ?? 0;
  sweep[field.blockRows] = blockRows;
  sweep[field.entryColumns] = inputs.entries?.columns ?? 0;
  sweep[field.entryValues] = inputs.entries?.values ?? 0;
  sweep[field.curvature] = risk.limits?.curvature ?? 0;
  sweep[field.low] = risk.limits?.low ?? 0;
  sweep[field.high] = risk.limits?.high ?? 0;
}

/** Writes the fields of one call. */
export function writeCallFields(sweep: Float64Array, updates: BulkUpdates): void {
  const { params, rows } = updates;
  sweep[field.order] = rows.order?.byteOffset ?? 0;
  sweep[field.params] = params.byteOffset;
  sweep[field.size] = params.length;
  sweep[field.gradient] = updates.gradient.byteOffset;
  sweep[field.average] = updates.average?.byteOffset ?? 0;
  sweep[field.rates] = updates.rates.byteOffset;
  sweep[field.fractions] = updates.fractions.byteOffset;
  sweep[field.values] = updates.values.byteOffset;
  sweep[field.firstRow] = rows.from;
  sweep[field.endRow] = rows.to;
  sweep[field.batchRows] = updates.batchRows;
}
