/** A number with three digits. */
export const short = (x: number): string => String(Number(x.toPrecision(3)));

export const epochsText = (epochs: number): string => (epochs === 1 ? "1 epoch" : `${epochs} epochs`);
