// The diagram of a network: inputs, units and outputs from left to right, and an edge for each weight. What the pointer is on, here or in
// the tables of the weights, has its numbers in a sentence, and its edges are prominent.

import { counted, formatNumber } from "@downhill/plots/format";
import { html, nothing, svg } from "lit-html";
import { type Diagram, type DiagramEdge, type DiagramNode, edgeSizes } from "../../../panels/diagram.ts";
import type { WeightsPart } from "../../../panels/weights.ts";
import type { Lab } from "../../pageState.ts";
import { prose } from "../../prose.ts";
import { pressThumbnail } from "./thumbnails.ts";

const MOST_NAMES = 20; // nodes of a layer with their names
const MOST_NUMBERS = 6; // numbers of weights in a sentence

/** The diagram of a network. */
export function diagram(lab: Lab, part: WeightsPart, found: Diagram) {
  const { params, dead } = part;
  const sizes = edgeSizes(found, params);
  const pointed = weightsOfPointed(lab, found);
  const most = Math.max(...found.layers.map(({ nodes }) => nodes.length));
  const isDense = most > MOST_NAMES;
  const node = (each: DiagramNode) => {
    const { enter, leave, press } = pointing(lab, each, found);
    const isDead = dead.includes(each.name) && each.intercept !== null;
    return html`<span
      class="node"
      style="left: ${100 * each.at[0]}%; top: ${100 * each.at[1]}%"
      ?data-pointed=${isPointed(lab, each)}
      ?data-dead=${isDead}
      @pointerenter=${enter}
      @pointerleave=${leave}
      @click=${press}
      ><span>${isDense ? nothing : each.name}</span>${isDead && !isDense ? html`<b class="badge">dead</b>` : nothing}</span
    >`;
  };
  const edge = ({ index, from, to }: DiagramEdge, e: number) => {
    const [x1, y1, x2, y2] = [...from.at, ...to.at].map((share) => String(1000 * share));
    return svg`<g
      class="edge"
      data-sign=${Math.sign(params[index]!)}
      ?data-pointed=${pointed.has(index)}
      @pointerenter=${() => lab.show({ pointed: index })}
      @pointerleave=${() => lab.show({ pointed: null })}
      @click=${(event: Event) => openField(event, index)}
    ><line class="near" x1=${x1} y1=${y1} x2=${x2} y2=${y2} /><line
      x1=${x1} y1=${y1} x2=${x2} y2=${y2} style="stroke-width: ${(0.5 + 5 * sizes[e]!).toFixed(2)}px" /></g>`;
  };
  return html`<div class="diagram" role="img" aria-label=${summary(found, part)} ?data-dense=${isDense}>
      <div class="titles">${found.layers.map(({ title }) => html`<span>${title}</span>`)}</div>
      <div class="net" ?data-pointed=${pointed.size > 0} style="height: ${Math.max(90, most * (isDense ? 9 : 34))}px">
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none">${found.edges.map(edge)}</svg>
        ${found.layers.map(({ nodes }) => nodes.map(node))}
      </div>
    </div>
    <p class="hint numbers-of">${prose(textOf(lab, found, part))}</p>`;
}

/** The field of a weight in the tables. */
function openField({ currentTarget }: Event, index: number): void {
  const part = (currentTarget as Element).closest("details")!;
  part.querySelector<HTMLElement>(`[data-weight="${index}"]`)!.focus();
}

/** Whether a node is pointed at, here or in the small pictures of the units. */
function isPointed({ state: { pointed, hover, focus } }: Lab, { key, name, layer }: DiagramNode): boolean {
  if (pointed !== null) return pointed === key;
  return layer > 0 && name === (hover.thumbnail ?? focus.thumbnail);
}

/** The weights that are pointed at: one, or all of a node. */
export function weightsOfPointed(lab: Lab, { layers }: Diagram): ReadonlySet<number> {
  const { pointed } = lab.state;
  if (typeof pointed === "number") return new Set([pointed]);
  const node = layers.flatMap(({ nodes }) => nodes).find((each) => isPointed(lab, each));
  return new Set(node && [...node.into, ...node.out, ...(node.intercept === null ? [] : [node.intercept])]);
}

/** What happens when the pointer or the focus is on a node: its edges are prominent, and a hidden unit is shown in the large picture. */
export function pointing(lab: Lab, { key, layer, name }: DiagramNode, { layers }: Diagram) {
  const isHidden = layer > 0 && layer < layers.length - 1;
  return {
    enter(): void {
      lab.show({ pointed: key });
      if (isHidden) lab.hover({ thumbnail: name });
    },
    leave(): void {
      lab.show({ pointed: null });
      if (isHidden) lab.hover({ thumbnail: lab.state.focus.thumbnail });
    },
    press(): void {
      if (isHidden) pressThumbnail(lab, name);
    },
  };
}

/** The diagram in a sentence. */
function summary({ layers, edges }: Diagram, { params, dead }: WeightsPart): string {
  const sizes = layers.map(({ nodes }) => nodes.length);
  const positive = edges.filter(({ index }) => params[index]! > 0).length;
  const negative = edges.filter(({ index }) => params[index]! < 0).length;
  const [largest] = bySize(edges, params);
  const { index, from, to } = largest!;
  return (
    `Diagram of a network with ${counted(sizes[0]!, "input")}, ${sizes.slice(1, -1).join(", then ")} hidden units and ` +
    `${counted(sizes.at(-1)!, "output")}. Of its weights, ${positive} are positive and ${negative} are negative. The largest one is that ` +
    `from ${from.name} to ${to.name}, ${formatNumber(params[index]!, 3)}.` +
    (dead.length === 0 ? "" : ` Dead: ${dead.join(", ")}.`) +
    " The tables below have all weights."
  );
}

/** The edges, the largest weight first. */
const bySize = (edges: readonly DiagramEdge[], params: readonly number[]): DiagramEdge[] =>
  edges.toSorted((a, b) => Math.abs(params[b.index]!) - Math.abs(params[a.index]!));

/** The numbers of what is pointed at. */
function textOf(lab: Lab, { layers, edges }: Diagram, { params, dead }: WeightsPart): string {
  const { pointed } = lab.state;
  const number = (index: number): string => formatNumber(params[index]!, 3);
  const nodes = layers.flatMap((layer) => layer.nodes);
  if (typeof pointed === "number") {
    const edge = edges.find(({ index }) => index === pointed);
    if (edge !== undefined) return `The weight from ${edge.from.name} to ${edge.to.name} is ${number(pointed)}.`;
    const owner = nodes.find(({ intercept }) => intercept === pointed);
    return owner === undefined ? HELP : `The intercept of ${owner.name} is ${number(pointed)}.`;
  }
  const node = nodes.find((each) => isPointed(lab, each));
  if (node === undefined) return HELP;
  const list = (own: DiagramEdge[], name: (edge: DiagramEdge) => string): string => {
    const shown = bySize(own, params).slice(0, MOST_NUMBERS);
    const rest = own.length - shown.length;
    const more = rest === 0 ? "" : `, and ${rest} smaller`;
    return shown.map((edge) => `${name(edge)} ${number(edge.index)}`).join(", ") + more;
  };
  const into = edges.filter(({ to }) => to === node);
  const out = edges.filter(({ from }) => from === node);
  const parts = [
    ...(node.intercept === null ? [] : [`intercept ${number(node.intercept)}`]),
    ...(into.length === 0 ? [] : [`weights from ${list(into, ({ from }) => from.name)}`]),
    ...(out.length === 0 ? [] : [`weights to ${list(out, ({ to }) => to.name)}`]),
  ];
  return `${node.name}${dead.includes(node.name) ? " (dead)" : ""}: ${parts.join("; ")}.`;
}

const HELP =
  "A wide edge is a large weight, compared with the others between the same layers. Negative weights are dashed. " +
  "Point at a node or an edge to see its numbers; press an edge to change its weight.";
