import * as jax from "@jax-js/jax";
import { versionOf } from "./version.ts";

/** jax-js with its WebAssembly backend. */
export async function startJax(): Promise<{ jax: typeof jax; version: string }> {
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  return { jax, version: versionOf("@jax-js/jax") };
}
