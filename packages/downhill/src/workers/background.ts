// The worker of fitInBackground: what it runs is this file with all that it imports, but for the module's bytes.
import { useModule } from "../kernels/wasm.ts";
import { port } from "./port.ts";

port.onmessage = ({ data }) => {
  useModule(data as string);
  port.postMessage("ready");
};
