import tf from "@tensorflow/tfjs";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { folderOf, versionOf } from "./version.ts";

/** TensorFlow.js with its WebAssembly backend, on one thread, in production mode (without checks for developers). */
export async function startTensorflow(): Promise<{ tf: typeof import("@tensorflow/tfjs"); version: string }> {
  setWasmPaths(`${folderOf("@tensorflow/tfjs-backend-wasm")}/`);
  setThreadsCount(1);
  tf.enableProdMode();
  if (!(await tf.setBackend("wasm"))) throw new Error("its WebAssembly backend does not start");
  return { tf, version: versionOf("@tensorflow/tfjs") };
}
