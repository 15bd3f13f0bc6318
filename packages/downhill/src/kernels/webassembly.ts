// The part of the WebAssembly interface that we use; TypeScript has its types only with those of the DOM.

/** The bytes of a page of a memory. */
export const PAGE = 65536;
/** The size that 32-bit addresses can reach. */
export const MOST_PAGES = 65536;

/** A linear memory in pages. The buffer of a shared memory is a SharedArrayBuffer. */
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
