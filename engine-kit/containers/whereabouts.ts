import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobKey } from '../../core/keys.ts';
import { writeWhole } from '../output/write-whole.ts';
import { carryWorkspace } from './carry.ts';
import type { Container, ContainerHost } from './container.ts';

interface Place {
  volume: string;
  container: string;
}

/** Sees to it that the files of a Job are where its next command runs, also where that is another volume. */
export interface Whereabouts {
  enter(job: JobKey, folder: string, container: Container): Promise<void>;
}

const placeFile = 'place.json';

export function createWhereabouts<Settings>(host: Pick<ContainerHost<Settings>, 'find'>): Whereabouts {
  return {
    async enter(job, folder, container) {
      const file = join(folder, placeFile);
      const last = read(file);
      if (last?.volume === container.volume) return;
      if (last !== undefined) {
        const from = await host.find(job, last.container);
        // With their container the files are gone.
        if (from !== undefined && (await from.whyGone()) === undefined) await carryWorkspace(from, container);
      }
      // Only then, so that a kill in the middle carries them again.
      writeWhole(file, JSON.stringify({ volume: container.volume, container: container.name } satisfies Place));
    },
  };
}

function read(file: string): Place | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Place;
  } catch {
    return undefined;
  }
}
