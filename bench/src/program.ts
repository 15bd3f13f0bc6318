// The programs that are measured: Downhill's own and those of its peers.
import type { Setting } from "./job.ts";

/** Peers that compute in JavaScript or WebAssembly. */
export const javascriptProducts = [
  "TensorFlow.js",
  "jax-js",
  "numpy-ts",
  "ml-logistic-regression",
  "ONNX Runtime Web",
] as const;

/** Peers that compute in machine code. */
export type NativeProduct = "NumPy" | "scikit-learn" | "PyTorch" | "pandas" | "LIBLINEAR" | "LIBMF";

export type Product = "Downhill" | NativeProduct | (typeof javascriptProducts)[number];

export type ElementType = "float64" | "float32";

/** A program of a case: a product, and how it does the job. */
export interface Program {
  /** The name in the tables. */
  readonly name: string;
  readonly product: Product;
  /** A module in programs/, or module:Class in python/. With `wide`, the Node of DOWNHILL_BENCH_NODE joins pairs of vectors. */
  readonly source: { readonly node: string; readonly wide?: true } | { readonly python: string };
  /** Largest relative difference of two losses that rounding or another row order explains. */
  readonly tolerance: number;
  /** The type of the numbers in which the program computes; default "float64". */
  readonly elementType?: ElementType;
  /** Default 1. */
  readonly threads?: number;
  /** Settings of this program, in addition to those of the case. */
  readonly settings?: Readonly<Record<string, Setting>>;
  /** Units of work in one run, where the number differs from the case's. */
  readonly unitsPerRun?: number;
  /** True when the program does other work than the rest or needs an experimental flag: it is shown, but not compared. */
  readonly shownOnly?: true;
}

export const isJavaScript = (product: Product): boolean => (javascriptProducts as readonly Product[]).includes(product);

/** The flag with which V8 joins pairs of vectors. */
export const WIDE_VECTORS = "--experimental-wasm-revectorize";

/** A program of Downhill, from its module in programs/. */
export const downhill = (module: string, more: Partial<Program> = {}): Program => ({
  name: "Downhill",
  product: "Downhill",
  source: { node: module },
  tolerance: 0,
  ...more,
});

/** The same program in a Node that joins pairs of vectors to vectors of 256 bits, which is experimental. */
export const withWideVectors = (program: Program): Program => ({
  ...program,
  name: `${program.name}, Node with ${WIDE_VECTORS}`,
  source: { node: (program.source as { node: string }).node, wide: true },
  shownOnly: true,
});

/** The same program on two threads. */
export const onTwoThreads = (program: Program): Program => ({
  ...program,
  name: `${program.name}, 2 threads`,
  threads: 2,
});
