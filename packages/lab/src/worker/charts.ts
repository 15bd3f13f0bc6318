// The charts of a frame. A chart is made again only if the page shows it and something has changed.

import { type Scene, scene } from "@downhill/plots";
import { type FrameInput, type Plan, plansOf } from "./chartPlans.ts";
import type { ChartName } from "./protocol.ts";
import { valuesOverTime } from "./valuesOverTime.ts";

/** The scenes and the sentences of the charts that have changed. */
export interface DrawnCharts {
  readonly scenes: Readonly<Partial<Record<ChartName, Scene | null>>>;
  readonly texts: Readonly<Partial<Record<ChartName, string>>>;
  /** Whether a chart follows in the next frame, because it needs time. */
  readonly isPartial: boolean;
}

/** Makes charts, and remembers what they showed. */
export function chartMaker() {
  const shown = new Map<ChartName, string>();
  const overTime = valuesOverTime();
  let turn = 0; // the number of the frame
  let isFirst = true;
  return {
    /** Makes all charts again in the next frame. */
    reset(): void {
      shown.clear();
      isFirst = true;
      overTime.clear();
    },
    draw(input: FrameInput): DrawnCharts {
      turn++;
      // The first charts must not wait for the loss surface of a large problem.
      const isPartial = isFirst && input.sizes.surface !== undefined && isLarge(input);
      isFirst = false;
      const scenes: Partial<Record<ChartName, Scene | null>> = {};
      const texts: Partial<Record<ChartName, string>> = {};
      for (const [name, plan] of Object.entries(plansOf(input, overTime)) as [ChartName, Plan][]) {
        const size = input.sizes[name];
        const key = `${plan.key} ${JSON.stringify(size)}`;
        if (size === undefined || shown.get(name) === key || (input.isRunning && !hasTurn(name, turn, isLarge(input))))
          continue;
        if (isPartial && name === "surface") {
          scenes.surface = null;
          texts.surface = "The map of the loss is being computed.";
          continue;
        }
        shown.set(name, key);
        const { spec, text } = plan.make();
        scenes[name] = spec && scene(spec, size);
        texts[name] = text;
      }
      return { scenes, texts, isPartial };
    },
  };
}

const LARGE = 100_000; // multiply-adds of one evaluation

const isLarge = ({ run: { live } }: FrameInput): boolean => live.evaluator.work > LARGE;

/**
 * Whether a chart is drawn in a frame of a run. The model is drawn in every frame, and one of three other charts: more would take
 * too much of a frame. All other charts follow more seldom, and so do those that evaluate a large problem.
 */
function hasTurn(name: ChartName, turn: number, isSlow: boolean): boolean {
  const third = isSlow && name !== "loss" ? -1 : ["surface", "step", "loss"].indexOf(name);
  return name === "model" || (third < 0 ? turn % 15 === 2 : turn % 3 === third);
}
