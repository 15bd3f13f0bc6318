// Only for workers.
import type { Port } from "../engine/nodeThreads.ts";

interface Timing {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel: new () => { readonly port1: Port; readonly port2: Port };
}

const { setImmediate, MessageChannel } = globalThis as unknown as Timing;

/**
 * Resolves after the messages that have arrived are processed; a loop without it would process none. Browsers have no
 * setImmediate, and their timers wait for 4 ms, so there the worker sends a message to itself. Node would process a thousand
 * messages of the worker to itself before one from outside, but has setImmediate.
 */
export const nextTurn: () => Promise<void> = setImmediate
  ? () => new Promise((resolve) => setImmediate(resolve))
  : byMessage();

function byMessage(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return () =>
    new Promise((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
}
