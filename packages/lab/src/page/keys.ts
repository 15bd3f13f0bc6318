// The keys of the page. They work while the focus is not in a field that uses the same keys.

import type { Lab } from "./pageState.ts";
import { speeds } from "./speeds.ts";

/** The keys, and what they do. */
export const keyList: readonly { readonly keys: string; readonly text: string }[] = [
  { keys: "Space or K", text: "play or pause" },
  { keys: "Right arrow or .", text: "one update" },
  { keys: "Left arrow or ,", text: "look at the state before" },
  { keys: "1, 2", text: "10 or 100 updates" },
  { keys: "Shift + right arrow", text: "to the end of the epoch" },
  { keys: "R", text: "back to the start" },
  { keys: "[ ]", text: "slower, faster" },
  { keys: "S", text: "to the field of the seed" },
  { keys: "?", text: "this help" },
];

/** Whether an element uses keys itself. */
const usesKeys = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("input, select, textarea, summary, [role=application], [role=region], dialog") !== null;

/** Listens to the keys. */
export function listenToKeys(lab: Lab): void {
  document.addEventListener("keydown", (event) => {
    const { key, shiftKey } = event;
    if (!lab.state.hasKeys || event.ctrlKey || event.metaKey || event.altKey || usesKeys(event.target)) return;
    if (key === " " && event.target instanceof Element && event.target.closest("button, a") !== null) return;
    const action = actionOf(key, shiftKey, lab);
    if (action === null) return;
    event.preventDefault();
    action();
  });
}

function actionOf(key: string, shiftKey: boolean, lab: Lab): (() => void) | null {
  const speed = (change: number): void =>
    lab.setSpeed(Math.min(speeds.length - 1, Math.max(0, lab.state.speed + change)));
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case " ":
    case "k":
      return lab.togglePlay;
    case "ArrowRight":
      return () => lab.step(shiftKey ? "epoch" : 1);
    case ".":
      return () => lab.step(1);
    case "ArrowLeft":
    case ",":
      return lab.back;
    case "1":
      return () => lab.step(10);
    case "2":
      return () => lab.step(100);
    case "r":
      return lab.reset;
    case "[":
      return () => speed(-1);
    case "]":
      return () => speed(1);
    case "s":
      return () => document.getElementById("field-seeds-run")?.focus();
    case "?":
      return () => lab.show({ isHelpOpen: !lab.state.isHelpOpen });
    default:
      return null;
  }
}
