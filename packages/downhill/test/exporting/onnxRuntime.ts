// Runs ONNX files with ONNX Runtime, as WebAssembly in Node.
import * as ort from "onnxruntime-web/wasm";

ort.env.wasm.numThreads = 1;

/** The inputs of a model by name: numbers or texts, one or several columns per row. */
export type Inputs = Readonly<Record<string, Float64Array | readonly string[]>>;

/** Runs a model on rows and returns its outputs by name. */
export async function runOnnx(model: Uint8Array, rows: number, inputs: Inputs): Promise<Record<string, ort.Tensor>> {
  const session = await ort.InferenceSession.create(model);
  Reflect.deleteProperty(globalThis, "Worker"); // which it has set, and does not need with one thread
  const tensors = new Map(
    Object.entries(inputs).map(([name, data]) => {
      const shape = [rows, data.length / rows];
      const tensor =
        data instanceof Float64Array
          ? new ort.Tensor("float64", data, shape)
          : new ort.Tensor("string", [...data], shape);
      return [name, tensor] as const;
    }),
  );
  return { ...(await session.run(Object.fromEntries(tensors), { logSeverityLevel: 4 })) };
}
