/** How many may go on at once; the others wait in order. */
export interface Window {
  /** Resolves when there is room; `position` (from 1) tells those that must wait where they stand. */
  enter(wait: (position: number) => void): Promise<void>;
  leave(): void;
}

export function createWindow(size: number): Window {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return {
    async enter(wait) {
      if (taken < size) {
        taken += 1;
        return;
      }
      wait(waiting.length + 1);
      await new Promise<void>((go) => waiting.push(go));
    },
    leave() {
      const next = waiting.shift();
      if (next === undefined) taken -= 1;
      else next();
    },
  };
}
