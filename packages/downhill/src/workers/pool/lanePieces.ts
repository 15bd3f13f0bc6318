// The lanes of stored rows, in pieces that threads share: while the workers add up a piece of each lane, the caller's thread loads the next ones.
import type { ChunkWindow } from "../../kernels/chunkWindow.ts";
import type { RowPart, RunWorkers, SharePieces } from "../../training/threads/threadPool.ts";

/**
 * The window is divided into places with room for a chunk and, before it, for the rows of a block that begins in the chunk before. Each lane
 * has two places: one is loaded while threads use the other. If there is no room for all lanes, some lanes follow the others.
 */
export const inPieces: RunWorkers["inPieces"] = (lanes, chunks, blockRows, share) => {
  const places = Math.floor(chunks.capacity / (blockRows + chunks.rowsPerChunk) / 2) * 2;
  if (places < 4) return false;
  for (let first = 0; first < lanes.length; first += places / 2) {
    shareTogether(lanes.slice(first, first + places / 2), chunks, blockRows, places, share);
  }
  return true;
};

function shareTogether(
  lanes: readonly RowPart[],
  chunks: ChunkWindow,
  blockRows: number,
  places: number,
  share: SharePieces,
): void {
  const { rowsPerChunk } = chunks;
  const states = lanes.map(({ from, to, at }) => ({ lane: at, to, next: from, loaded: from, row: 0 })); // `row` is where row `next` is, if it is loaded
  let place = 0;

  function load(): RowPart[] {
    const unfinished = states.filter(({ next, to }) => next < to);
    return unfinished.map((state) => {
      const start = place * (blockRows + rowsPerChunk) + blockRows;
      place = (place + 1) % places;
      const chunk = Math.floor(state.loaded / rowsPerChunk);
      const first = chunk * rowsPerChunk;
      chunks.load(chunk, start);
      const from = start + state.next - first;
      if (state.next < first) chunks.copy(state.row, from, first - state.next);
      state.loaded = Math.min(first + rowsPerChunk, state.to);
      const ready = state.loaded - state.next;
      const rows = state.loaded === state.to ? ready : ready - (ready % blockRows);
      state.next += rows;
      state.row = from + rows;
      return { from, to: from + rows, at: state.lane };
    });
  }

  for (let pieces = load(); pieces.length > 0; ) {
    let next: RowPart[] = [];
    share(pieces, () => {
      next = load();
    });
    pieces = next;
  }
}
