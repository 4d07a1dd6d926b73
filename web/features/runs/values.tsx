import type { Json, JsonObject } from '../../../core/json.ts';
import { Empty } from '../lists/states.tsx';
import classes from './run.module.css';

/** Named values as text; what is no text as JSON. */
export function Values({ values, empty }: { values: JsonObject; empty: string }) {
  const entries = Object.entries(values);
  if (entries.length === 0) return <Empty title={empty} />;
  return (
    <dl className={classes.values}>
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{valueText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
