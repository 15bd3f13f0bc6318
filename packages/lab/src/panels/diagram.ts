// The diagram of a network as plain data: its inputs, units and outputs as nodes, and its weights as edges.

import type { WeightTable } from "./weights.ts";

/** An input, a unit or an output. */
export interface DiagramNode {
  /** The number of its layer, 0 for the inputs, and its number in the layer: "1.0". */
  readonly key: string;
  readonly layer: number;
  readonly name: string;
  /** The place of its middle, as shares of the width and of the height, from the upper left corner. */
  readonly at: readonly [x: number, y: number];
  /** The number of its intercept among the parameters; null for an input. */
  readonly intercept: number | null;
  /** The weights of the edges that end here, and of those that begin here, as the numbers of parameters. */
  readonly into: readonly number[];
  readonly out: readonly number[];
}

/** A weight. */
export interface DiagramEdge {
  /** The number of the parameter. */
  readonly index: number;
  readonly from: DiagramNode;
  readonly to: DiagramNode;
}

/** The layers from left to right, and the edges between each two of them. */
export interface Diagram {
  readonly layers: readonly { readonly title: string; readonly nodes: readonly DiagramNode[] }[];
  readonly edges: readonly DiagramEdge[];
}

/** The diagram of the tables of a network. */
export function diagramOf(tables: readonly WeightTable[]): Diagram {
  const inputs = tables[0]!.columns.slice(0, -1).map((name) => ({ name, indices: [] }));
  const rows = [inputs, ...tables.map((table) => table.rows)];
  const layers = rows.map((nodes, layer) => ({
    title: layer === 0 ? "Inputs" : tables[layer - 1]!.title,
    nodes: nodes.map(
      ({ name, indices }, k): DiagramNode => ({
        ...{ key: `${layer}.${k}`, layer, name },
        at: [(layer + 0.5) / rows.length, (k + 0.5) / nodes.length],
        intercept: indices.at(-1) ?? null,
        into: indices.slice(0, -1),
        out: (rows[layer + 1] ?? []).map((next) => next.indices[k]!),
      }),
    ),
  }));
  const edges = layers
    .slice(1)
    .flatMap(({ nodes }, l) =>
      nodes.flatMap((to) => to.into.map((index, j): DiagramEdge => ({ index, from: layers[l]!.nodes[j]!, to }))),
    );
  return { layers, edges };
}

/** The sizes of the weights of each edge as shares of the largest one that is drawn between the same two layers; 0 if all are 0. */
export function edgeSizes({ edges }: Diagram, params: readonly number[]): number[] {
  const largest: number[] = [];
  for (const { index, to } of edges) largest[to.layer] = Math.max(largest[to.layer] ?? 0, Math.abs(params[index]!));
  return edges.map(({ index, to }) => Math.abs(params[index]!) / (largest[to.layer] || 1));
}
