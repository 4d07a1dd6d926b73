import { matchesGlobs } from '../../core/glob.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ForgeFilter } from '../../core/language/schema-trigger.ts';
import { listed } from '../../core/nearest.ts';
import type { Facts } from './facts.ts';
import type { ForgeSender } from './senders/sender.ts';

/** Whether a Trigger of a forge looks for what came, and in words why not, or what could not be told. */
export type Verdict = { passes: true; note?: string } | { passes: false; why: string };

interface Happened {
  event: string;
  facts: Facts;
  payload: JsonObject;
}

/** As GitHub's own: of a pull request what brings other content. */
const usualTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'reopened', 'synchronize', 'synchronized'],
  merge_request: ['open', 'reopen', 'update'],
  push: ['created', 'pushed'],
  tag_push: ['created', 'pushed'],
};

const words = (names: readonly string[]) => listed(names.slice(0, 20));

export function forgeVerdict(filter: ForgeFilter, sender: ForgeSender, { event, facts, payload }: Happened): Verdict {
  const no = (why: string): Verdict => ({ passes: false, why });
  if (!filter.events.includes(event))
    return no(`The event is ${event}; the Trigger looks for ${words(filter.events)}.`);
  const types = filter.types ?? usualTypes[event];
  if (types !== undefined && facts.action !== null && !types.includes(facts.action)) {
    return no(`What happened is ${facts.action}; the Trigger looks for ${words(types)}.`);
  }
  if (filter.types !== undefined && facts.action === null) {
    return no(`What happened is not told of ${event}; the Trigger looks for ${words(filter.types)}.`);
  }
  const place = placeVerdict(filter, event, facts);
  if (place !== undefined) return no(place);
  if (filter.paths === undefined || facts.tag !== null) return { passes: true };
  const changed = sender.changed(event, payload);
  if (changed === undefined) {
    return { passes: true, note: 'The payload does not tell all changed files, so the paths count as matching.' };
  }
  const { paths } = filter;
  if (changed.some((path) => matchesGlobs(paths, path))) return { passes: true };
  return no(`No changed file is in ${words(paths)}.`);
}

/** A Trigger that names only branches does not look for tags, and the other way round; one that names some, for no unknown ones. */
function placeVerdict({ branches, tags }: ForgeFilter, event: string, { branch, tag }: Facts): string | undefined {
  if (branches === undefined && tags === undefined) return undefined;
  if (branch !== null) {
    if (branches === undefined) return `It is about the branch ${branch}; the Trigger looks for tags.`;
    return matchesGlobs(branches, branch) ? undefined : `The branch ${branch} is not in ${words(branches)}.`;
  }
  if (tag !== null) {
    if (tags === undefined) return `It is about the tag ${tag}; the Trigger looks for branches.`;
    return matchesGlobs(tags, tag) ? undefined : `The tag ${tag} is not in ${words(tags)}.`;
  }
  return `Neither branch nor tag is told of ${event}; the Trigger looks for ${words([...(branches ?? []), ...(tags ?? [])])}.`;
}
