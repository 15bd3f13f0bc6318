// Runs in workers only.
import type { Port } from "../engine/nodeThreads.ts";

interface Timing {
  readonly setImmediate?: (then: () => void) => unknown;
  readonly MessageChannel: new () => { readonly port1: Port; readonly port2: Port };
}

const { setImmediate, MessageChannel } = globalThis as unknown as Timing;

/**
 * Lets messages in, for which a loop leaves no room. Browsers have no setImmediate, and timers that wait 4 ms: there it
 * is a message to ourselves. Node has one, and hands out a thousand messages to ourselves before one of another's.
 */
export const turn: () => Promise<void> = setImmediate ? () => new Promise((then) => setImmediate(then)) : byMessage();

function byMessage(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return () =>
    new Promise((then) => {
      port1.onmessage = () => then();
      port2.postMessage(null);
    });
}
