// Only for workers.
import type { Port } from "../engine/nodeThreads.ts";

interface Timing {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel: new () => { readonly port1: Port; readonly port2: Port };
}

const { setImmediate, MessageChannel } = globalThis as unknown as Timing;

/**
 * Resolves after the messages that have arrived are processed. A loop that does not await it processes no messages. Browsers
 * have no setImmediate, and their timers wait for 4 ms, so there the worker sends a message to itself. In Node it must use
 * setImmediate: with messages to itself, Node would process a thousand of them before a message from another thread.
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
