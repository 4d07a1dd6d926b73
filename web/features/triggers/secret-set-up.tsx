'use client';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useDefinition } from '../api/queries.ts';
import { ConfirmDialog } from '../dialogs/confirm-dialog.tsx';
import { QuietFailure } from '../lists/states.tsx';
import { makeSecret } from './queries.ts';
import { SecretNote, SetUp } from './set-up.tsx';
import type { TriggerShown } from './spec.ts';

/** How a saved webhook is set up; a secret that the server keeps can be made anew. */
export function SecretSetUp({ trigger: { name, source, events, credential } }: { trigger: TriggerShown }) {
  const [secret, setSecret] = useState<string>();
  const read = useDefinition('Credential', credential ?? '');
  const generated = JSON.stringify(read.data?.spec['data'] ?? {}).includes('"generated"');
  return (
    <SetUp
      name={name}
      source={source}
      events={events}
      secret={secret}
      secretNote={
        generated && credential !== null ? (
          <>
            <SecretNote>Was shown when it was made.</SecretNote>
            <MakeSecret credential={credential} onMade={setSecret} />
          </>
        ) : (
          <>
            <SecretNote>The value of the Credential {credential}</SecretNote>
            {credential === null ? null : <QuietFailure read={read} what="The Credential" />}
          </>
        )
      }
    />
  );
}

function MakeSecret({ credential, onMade }: { credential: string; onMade: (secret: string) => void }) {
  const [asks, setAsks] = useState(false);
  const make = useMutation({
    mutationFn: () => makeSecret(credential),
    onSuccess: ({ value }) => {
      setAsks(false);
      onMade(value);
    },
  });
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setAsks(true)}>
        Make a new secret
      </Button>
      <ConfirmDialog
        title="Make a new secret?"
        opened={asks}
        change={make}
        keep="Keep it"
        act="Make it"
        onClose={() => setAsks(false)}
        onConfirm={() => make.mutate()}
      >
        The one before no longer counts: what is signed with it is refused from then on.
      </ConfirmDialog>
    </>
  );
}
