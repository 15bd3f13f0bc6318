interface Host {
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly process?: { getBuiltinModule?(name: "node:os"): { availableParallelism(): number } | undefined };
}

/** Processors that threads may use, as far as the engine tells; else 1. */
export function processors(): number {
  const { navigator, process } = globalThis as unknown as Host;
  return process?.getBuiltinModule?.("node:os")?.availableParallelism() ?? navigator?.hardwareConcurrency ?? 1;
}
