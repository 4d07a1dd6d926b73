'use client';
import { MultiSelect, Switch, TagsInput, TextInput } from '@mantine/core';
import { type Forge, forgeEvents } from '../../../core/language/forge-events.ts';
import { forkCondition } from './forks.ts';
import type { ForgeListens, OtherListens } from './new-webhook.ts';

interface FieldsProps<Value> {
  value: Value;
  onChange: (value: Value) => void;
}

export function ForgeFields({ forge, value, onChange }: FieldsProps<ForgeListens> & { forge: Forge }) {
  const { events, fromForks } = value;
  const request = forge === 'gitlab' ? 'merge request' : 'pull request';
  const patterns = (name: 'branches' | 'tags' | 'paths', label: string, description: string) => (
    <TagsInput
      label={label}
      description={description}
      value={[...value[name]]}
      onChange={(chosen) => onChange({ ...value, [name]: chosen })}
      splitChars={[',', ' ']}
      placeholder={value[name].length === 0 ? 'All' : ''}
    />
  );
  return (
    <>
      <MultiSelect
        label="Events"
        required
        searchable
        data={[...forgeEvents[forge]]}
        value={[...events]}
        onChange={(chosen) => onChange({ ...value, events: chosen })}
        hidePickedOptions
      />
      {forkCondition(forge, events) === undefined ? null : (
        <Switch
          label="Also from forks"
          description={`Anybody may open a ${request} from a fork: with this on, a stranger’s code runs with the Credentials of the Pipeline. Off, what is of a fork starts nothing, nor does what could be and does not say`}
          checked={fromForks}
          onChange={(event) => onChange({ ...value, fromForks: event.currentTarget.checked })}
        />
      )}
      {patterns(
        'branches',
        'Branches',
        `As main or release/*; all when empty. Of a ${request} the branch that it goes to`,
      )}
      {patterns('tags', 'Tags', 'As v*. With branches alone no tag counts, and with tags alone no branch')}
      {patterns('paths', 'Paths', pathsHint(value, request))}
    </>
  );
}

/** Only pushes tell their files: a path that is named filters nothing else. */
function pathsHint({ events, paths }: ForgeListens, request: string): string {
  if (paths.length > 0 && !events.includes('push')) {
    return `Of these events none lists the files that changed, so paths keep nothing out: only a push does, not a ${request}`;
  }
  return `Changed files, as src/**, or !docs/** after it to take some out. Only a push lists them: a ${request} counts whatever it changes`;
}

export function OtherFields({ value, onChange }: FieldsProps<OtherListens>) {
  const text = (name: keyof OtherListens, label: string, description: string, placeholder: string) => (
    <TextInput
      label={label}
      description={description}
      value={value[name]}
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
      onChange={(event) => onChange({ ...value, [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      {text('header', 'Signature header', 'Has the HMAC-SHA256, in hexadecimal or base64', 'X-Signature-256')}
      {text(
        'deliveryId',
        'Delivery ID header',
        'Is the same when the same is sent again; without it equal bodies are one delivery',
        'None',
      )}
      {text(
        'timeHeader',
        'Time header',
        'Has the time in seconds since 1970, which is signed before the body, with a dot between',
        'None',
      )}
      {value.timeHeader === '' ? null : text('tolerance', 'Tolerance', 'How far that may be from now', '5m')}
    </>
  );
}
