import type { JsonObject } from '../../../core/json.ts';
import { factsOf } from './facts.ts';
import { Values } from './values.tsx';

/** Where an Action ran and what it used. */
export function Facts({ info }: { info: JsonObject }) {
  return <Values values={factsOf(info)} empty="" />;
}
