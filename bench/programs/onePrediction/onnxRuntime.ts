import { readFileSync } from "node:fs";
import * as ort from "onnxruntime-web/wasm";
import type { LoadProgram } from "../../src/job.ts";
import { versionOf } from "../shared/version.ts";
import { eachRow, textSetting } from "./rows.ts";

export const load: LoadProgram = async (job) => {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(readFileSync(textSetting(job, "onnx")));
  const [input] = session.inputNames;
  const [label] = session.outputNames;
  const only = [label!]; // the labels without the scores
  return eachRow(job, versionOf("onnxruntime-web"), async (row) => {
    const X = new ort.Tensor("float64", Float64Array.from(row), [1, row.length]);
    const outputs = await session.run({ [input!]: X }, only);
    return Number(outputs[label!]!.data[0]);
  });
};
