import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type JobKey, jobKeyText } from '../../core/keys.ts';
import { digest } from '../output/layout.ts';
import { writeWhole } from '../output/write-whole.ts';

/** Where Jobs have something, as at which daemon, in files that survive the Worker. */
export interface JobPlaces<Place> {
  of(job: JobKey): Place[];
  /** To be called before anything is made there. */
  remember(job: JobKey, place: Place): void;
  forget(job: JobKey): void;
}

export function createJobPlaces<Place>(folder: string): JobPlaces<Place> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (job: JobKey) => join(folder, `${digest(jobKeyText(job))}.json`);

  function of(job: JobKey): Place[] {
    try {
      return JSON.parse(readFileSync(fileOf(job), 'utf8')) as Place[];
    } catch {
      return [];
    }
  }

  return {
    of,
    remember(job, place) {
      const known = of(job);
      if (!known.some((one) => isDeepStrictEqual(one, place)))
        writeWhole(fileOf(job), JSON.stringify([...known, place]));
    },
    forget(job) {
      rmSync(fileOf(job), { force: true });
    },
  };
}
