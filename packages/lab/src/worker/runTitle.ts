// The name of a kept run in the legends of the charts.

import type { KeptRun } from "./protocol.ts";

/** "B", or "B: without momentum". */
export const titleOf = ({ letter, name }: Pick<KeptRun, "letter" | "name">): string =>
  name === "" ? letter : `${letter}: ${name}`;
