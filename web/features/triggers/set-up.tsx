'use client';
import { Alert, Code, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { Copy } from '../lists/copy.tsx';
import { hookPath } from '../runs/hrefs.ts';
import type { Source } from './spec.ts';
import classes from './triggers.module.css';

/** What to enter where, so that deliveries come. `secret`: just made, and shown this once. */
export function SetUp({
  name,
  source,
  events,
  secret,
  secretNote,
}: {
  name: string;
  source: Source;
  events: readonly string[];
  secret: string | undefined;
  secretNote: ReactNode;
}) {
  const url = useHookUrl(name);
  return (
    <div className={classes.setUp}>
      <ol className={classes.steps}>
        {stepsOf(source, events).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <dl className={classes.entries}>
        <Entry name="URL" value={url} />
        {source === 'gitlab' ? null : <Entry name="Content type" value="application/json" />}
        {secret === undefined ? (
          <div>
            <dt>{secretWord(source)}</dt>
            <dd>{secretNote}</dd>
          </div>
        ) : (
          <Entry name={secretWord(source)} value={secret} />
        )}
        {events.length === 0 ? null : <Entry name="Events" value={events.join(', ')} />}
      </dl>
      {secret === undefined ? null : (
        <Alert color="blue" variant="light" mt="sm" title="Copy the secret now">
          It is not shown again. Where it is lost, have a new one made.
        </Alert>
      )}
    </div>
  );
}

function Entry({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Code className={classes.value}>{value}</Code>
        <Copy value={value} name={name} />
      </dd>
    </div>
  );
}

/** As this browser reaches the server. */
function useHookUrl(name: string): string {
  const [origin, setOrigin] = useState('');
  useEffect(() => setOrigin(window.location.origin), []);
  return origin + hookPath(name);
}

function secretWord(source: Source): string {
  return source === 'gitlab' ? 'Secret token' : 'Secret';
}

function stepsOf(source: Source, events: readonly string[]): string[] {
  const choose = `choose ${events.join(', ') || 'the events'}`;
  switch (source) {
    case 'github':
      return [
        'Open the repository, then Settings, Webhooks, Add webhook.',
        'Enter URL, content type and secret as below.',
        `Under “Let me select individual events” ${choose}; then Add webhook. GitHub sends a ping at once, which is listed here.`,
      ];
    case 'gitlab':
      return [
        'Open the project, then Settings, Webhooks, Add new webhook.',
        'Enter URL and secret token as below.',
        `As trigger ${choose}; then Add webhook, and try it with Test.`,
      ];
    case 'gitea':
      return [
        'Open the repository, then Settings, Webhooks, Add webhook, Gitea.',
        'Enter target URL, POST content type and secret as below.',
        `Under “Custom events” ${choose}; then Add webhook, and try it with Test delivery.`,
      ];
    default:
      return [
        'Send a POST with JSON to the URL below.',
        'Sign its body with HMAC-SHA256 and the secret; send that in hexadecimal or base64, in the header X-Signature-256 or the one that the Trigger names.',
        'Where the Trigger names a header with the time, what is signed is that time, a dot and the body.',
      ];
  }
}

export function SecretNote({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="var(--quiet-text)" component="span">
      {children}
    </Text>
  );
}
