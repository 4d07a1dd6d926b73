import type { GiveWay } from './messages.ts';

interface Place {
  /** An earlier history got it. */
  isTaken: boolean;
  /** Ends what has it; absent where that cannot be ended by itself. */
  end?: ((reason: string) => void) | undefined;
  /** Of the hold, once it is known. */
  id?: number | undefined;
}

/** What has, or asks for, something to itself in this workflow, by the path of its Job; empty for the run. */
export interface Places {
  /** From before it asks until it has given back what it has. */
  enter(path: string, place: Place): Place;
  leave(path: string): void;
  /** One that is newer takes its place. May be said again. */
  giveWay(asked: GiveWay): void;
  /** Why it was ended for one that is newer; undefined where it was not. */
  reason(path: string): string | undefined;
  /** What one history hands to the next. */
  carried(): [path: string, reason: string][];
  takeOver(carried: readonly [path: string, reason: string][]): void;
}

/** `told`: of those that wait, which have something to read. */
export function createPlaces(told: Set<string>): Places {
  const places = new Map<string, Place>();
  const reasons = new Map<string, string>();

  return {
    enter(path, place) {
      places.set(path, place);
      const reason = reasons.get(path);
      // One that has yet to ask reads then whether it is to end; what was said before was said to one that is over.
      if (!place.isTaken) reasons.delete(path);
      else if (reason !== undefined) place.end?.(reason);
      return place;
    },
    leave: (path) => void places.delete(path),
    giveWay({ job, id, reason }) {
      const place = places.get(job);
      if (place?.id !== undefined && place.id !== id) return;
      told.add(job);
      if (place !== undefined && place.end === undefined) return;
      reasons.set(job, reason);
      place?.end?.(reason);
    },
    reason: (path) => reasons.get(path),
    carried: () => [...reasons],
    takeOver(carried) {
      for (const [path, reason] of carried) reasons.set(path, reason);
    },
  };
}
