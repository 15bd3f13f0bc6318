interface Engine {
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly process?: { getBuiltinModule?(name: "node:os"): { availableParallelism(): number } | undefined };
}

/** The number of processors that threads may use; 1 if the engine does not report it. */
export function processors(): number {
  const { navigator, process } = globalThis as unknown as Engine;
  return process?.getBuiltinModule?.("node:os")?.availableParallelism() ?? navigator?.hardwareConcurrency ?? 1;
}
