// The part of the WebAssembly interface that we use; TypeScript has its types only with those of the DOM.

/** A linear memory; one page is 64 KiB. The buffer of a shared memory is a SharedArrayBuffer. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface WebAssemblyInterface {
  readonly Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, unknown>>,
  ) => { readonly exports: Record<string, unknown> };
}

const { WebAssembly: api } = globalThis as unknown as { WebAssembly?: WebAssemblyInterface };
if (api === undefined) {
  throw new Error(
    "downhill: this engine has no WebAssembly, or a setting disables it. Use an engine with WebAssembly SIMD.",
  );
}

export const { Memory, Module, Instance } = api;
