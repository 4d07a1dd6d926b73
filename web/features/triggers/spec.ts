import type { Definition } from '../../../core/api/objects.ts';
import { isObject } from '../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { senderWord } from '../deliveries/words.ts';

const sources = ['github', 'gitlab', 'gitea', 'webhook', 'rest', 'manual', 'after', 'schedule'] as const;
export type Source = (typeof sources)[number];

const signed: ReadonlySet<Source> = new Set<Source>(['github', 'gitlab', 'gitea', 'webhook']);

export function isWebhook(source: Source): boolean {
  return signed.has(source);
}

/** What of a saved Trigger pages show. */
export interface TriggerShown {
  name: string;
  description: string | null;
  source: Source;
  /** In words, as `push from GitHub, branches main`. */
  listens: string;
  starts: string[];
  /** Name of the Credential that its deliveries are signed with. */
  credential: string | null;
  events: string[];
}

export function shownTrigger({ name, spec }: Pick<Definition, 'name' | 'spec'>): TriggerShown {
  const source = sources.find((each) => spec[each] !== undefined) ?? 'rest';
  const about = objectOf(spec[source]);
  const secret = objectOf(about['secret'])['from_credential'];
  return {
    name,
    description: typeof spec['description'] === 'string' ? spec['description'] : null,
    source,
    listens: listensTo(source, about),
    starts: listOf(spec['runs']).map((entry) => textOf(objectOf(entry)['pipeline'])),
    credential: typeof secret === 'string' ? secret : null,
    events: textsOf(about['events']),
  };
}

function listensTo(source: Source, about: JsonObject): string {
  switch (source) {
    case 'github':
    case 'gitlab':
    case 'gitea': {
      const filters = ['branches', 'tags', 'paths'].flatMap((name) => {
        const patterns = textsOf(about[name]);
        return patterns.length === 0 ? [] : [`${name} ${patterns.join(', ')}`];
      });
      return [`${textsOf(about['events']).join(', ')} from ${senderWord(source)}`, ...filters].join('; ');
    }
    case 'webhook':
      return 'A webhook of any sender';
    case 'rest':
      return 'A call by REST';
    case 'manual':
      return 'A person, by the button of its page';
    case 'after':
      return `The end of ${textOf(about['pipeline'])}: ${(textsOf(about['status']).join(', ') || 'succeeded').replaceAll('_', ' ')}`;
    case 'schedule':
      return 'A schedule';
  }
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: Json | undefined): string[] {
  return listOf(value).map(textOf);
}
