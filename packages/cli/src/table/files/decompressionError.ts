/** Compressed data that cannot be decompressed: they end early ("short"), or they are damaged. */
export class DecompressionError extends Error {
  override readonly name = "DecompressionError";
  readonly fault: "short" | "damaged";

  constructor(fault: "short" | "damaged", detail = "") {
    super(detail);
    this.fault = fault;
  }
}
