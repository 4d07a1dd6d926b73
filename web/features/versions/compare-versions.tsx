'use client';
import { Group, NumberInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useDefinition } from '../api/queries.ts';
import { later } from '../later/later.tsx';
import { useAddressParam } from '../lists/address.ts';
import { Empty, Failure, Skeletons } from '../lists/states.tsx';
import { useTyped } from '../lists/typed.ts';
import { useWho } from '../session/who.ts';
import { Time } from '../time/time.tsx';
import { useVersion } from './queries.ts';
import { rangeText, readRange } from './range.ts';
import { RestoreButton } from './restore-button.tsx';
import { AllVersions } from './version-view.tsx';
import classes from './versions.module.css';

const Difference = later(
  () => import('../editor/difference.tsx').then((room) => room.Difference),
  () => <Skeletons rows={6} />,
);

interface Range {
  from: number;
  to: number;
}

/** Two versions side by side. Which, stands in the address. */
export function CompareVersions({ kind, name, from, to }: { kind: string; name: string } & Range) {
  const before = useVersion(kind, name, from);
  const after = useVersion(kind, name, to);
  const newest = useDefinition(kind, name).data?.version;
  const error = before.error ?? after.error;
  return (
    <section aria-label={`Version ${from} beside version ${to}`}>
      <AllVersions kind={kind} name={name} />
      <Group justify="space-between" align="flex-end" mb="xs">
        <Title order={2} size="h5">
          From version {from} to {to}
        </Title>
        <Group gap="xs" align="flex-end">
          <Chooser from={from} to={to} newest={newest} />
          {before.data === undefined || newest === undefined || before.data.isNewest ? null : (
            <RestoreButton version={before.data} newest={newest} />
          )}
        </Group>
      </Group>
      {error === null ? null : (
        <Failure error={error} onRetry={() => void Promise.all([before.refetch(), after.refetch()])} />
      )}
      {error === null && (before.data === undefined || after.data === undefined) ? <Skeletons rows={6} /> : null}
      {before.data === undefined || after.data === undefined ? null : (
        <>
          <div className={classes.sides}>
            <Side {...before.data} />
            <Side {...after.data} />
          </div>
          {before.data.source === after.data.source ? (
            <Empty title="Both say the same" />
          ) : (
            <Difference before={before.data.source} after={after.data.source} />
          )}
        </>
      )}
    </section>
  );
}

function Side({
  version,
  author,
  note,
  createdAt,
}: {
  version: number;
  author: string;
  note: string;
  createdAt: string;
}) {
  const who = useWho();
  return (
    <p className={classes.side}>
      <strong>{version}</strong> {who(author)}, <Time at={createdAt} />
      {note === '' ? null : `: ${note}`}
    </p>
  );
}

function Chooser({ from, to, newest }: Range & { newest: number | undefined }) {
  const [, setCompare] = useAddressParam('compare');
  const { typed, type, send } = useTyped(rangeText(from, to), (next) => {
    // One that is being typed may be empty, or begin anew.
    if (readRange(next) !== undefined) setCompare(next);
  });
  const sendLater = useDebouncedCallback(send, 300);
  const sides = typed.split('..');
  const input = (position: 0 | 1, label: string) => (
    <NumberInput
      label={label}
      size="xs"
      w={84}
      min={1}
      {...(newest === undefined ? {} : { max: newest })}
      allowDecimal={false}
      clampBehavior="blur"
      value={sides[position] === '' ? '' : Number(sides[position])}
      onChange={(value) => {
        type(sides.with(position, String(value)).join('..'));
        sendLater();
      }}
      onBlur={() => {
        if (readRange(typed) === undefined) type(rangeText(from, to));
      }}
    />
  );
  return (
    <>
      {input(0, 'From')}
      {input(1, 'To')}
    </>
  );
}
