/** The reason in an error of the file system: "no space left on device" of "ENOSPC: no space left on device, write". */
export const systemMessage = (error: unknown): string =>
  /^[A-Z0-9_]+: ([^,]+)/.exec((error as Error).message)?.[1] ?? (error as Error).message;
