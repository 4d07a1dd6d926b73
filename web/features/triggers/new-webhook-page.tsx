'use client';
import { Alert, Button, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { refusalTexts } from '../api/error.ts';
import { usePipeline } from '../api/queries.ts';
import { Link } from '../links/link.tsx';
import { PageHead } from '../lists/page-head.tsx';
import { OrFailure } from '../lists/states.tsx';
import { PipelineSelect } from '../pipelines/pipeline-select.tsx';
import { triggerHref } from '../runs/hrefs.ts';
import { Args, argsOf, argTexts } from './args.tsx';
import { secretName, usualForge, usualOther, type WebhookKind } from './new-webhook.ts';
import { makeSecret, saveNew } from './queries.ts';
import { SecretNote, SetUp } from './set-up.tsx';
import classes from './triggers.module.css';
import { ForgeFields, OtherFields } from './webhook-fields.tsx';

const kinds = [
  { value: 'github', label: 'GitHub' },
  { value: 'gitlab', label: 'GitLab' },
  { value: 'gitea', label: 'Gitea' },
  { value: 'webhook', label: 'Other' },
];

interface Made {
  name: string;
  kind: WebhookKind;
  events: readonly string[];
  secret: string | undefined;
}

/** Saves a Trigger and the Credential that it is signed with, has its secret made, and says where to enter it. */
export function NewWebhookPage() {
  const [made, setMade] = useState<Made>();
  if (made === undefined) return <Form onMade={setMade} />;
  return (
    <>
      <PageHead title={`Set up ${made.name}`}>
        <Button component={Link} href={triggerHref(made.name)}>
          Done
        </Button>
      </PageHead>
      <SetUp
        name={made.name}
        source={made.kind}
        events={made.events}
        secret={made.secret}
        secretNote={<SecretNote>Could not be made; have one made on the Trigger’s page.</SecretNote>}
      />
    </>
  );
}

function Form({ onMade }: { onMade: (made: Made) => void }) {
  const queries = useQueryClient();
  const [kind, setKind] = useState<WebhookKind>('github');
  const [name, setName] = useState('');
  const [forge, setForge] = useState(usualForge);
  const [other, setOther] = useState(usualOther);
  const [pipeline, setPipeline] = useState('');
  const [args, setArgs] = useState<Record<string, string>>({});
  const chosen = usePipeline(pipeline);
  const params = chosen.data?.parameters ?? [];
  const given = { ...argTexts(params), ...args };
  const isForge = kind !== 'webhook';

  const save = useMutation({
    mutationFn: async (): Promise<Made> => {
      // Only who saves needs what writes YAML.
      const { webhookFile } = await import('./webhook-file.ts').catch(() => {
        throw new Error('A part of this page could not be loaded. Load the page again.');
      });
      const content = webhookFile({ kind, name, forge, other, pipeline, args: argsOf(params, given) });
      await saveNew(content, [
        { kind: 'Trigger', name },
        { kind: 'Credential', name: secretName(name) },
      ]);
      // It is saved: where this fails the next page says so, and nothing is taken until there is a secret.
      const secret = await makeSecret(secretName(name)).catch(() => undefined);
      return { name, kind, events: isForge ? forge.events : [], secret: secret?.value };
    },
    onSuccess: (next) => {
      void queries.invalidateQueries({ queryKey: ['triggers'] });
      onMade(next);
    },
  });

  /** What was wrong with it before says nothing of what it is now. */
  function forget() {
    if (save.isError) save.reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <>
      <PageHead title="New webhook" />
      <form onSubmit={submit} onChange={forget} className={classes.form} aria-label="New webhook">
        <Stack gap="sm" align="stretch">
          <SegmentedControl
            aria-label="Who sends"
            data={kinds}
            value={kind}
            onChange={(value) => {
              setKind(value as WebhookKind);
              setForge({ ...forge, events: usualForge.events });
            }}
          />
          <TextInput
            label="Name"
            description="It is part of the address that deliveries go to"
            required
            value={name}
            autoComplete="off"
            spellCheck={false}
            placeholder="on-push"
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {isForge ? (
            <ForgeFields
              forge={kind}
              value={forge}
              onChange={(value) => {
                setForge(value);
                forget();
              }}
            />
          ) : (
            <OtherFields value={other} onChange={setOther} />
          )}
          <PipelineSelect
            label="Starts"
            description="A Pipeline; none where only Jobs wait for it"
            value={pipeline}
            onChange={(name) => {
              setPipeline(name);
              setArgs({});
              forget();
            }}
            clearable
            placeholder="No Pipeline"
          />
          <OrFailure read={chosen}>
            <Args params={params} values={given} onChange={setArgs} />
          </OrFailure>
          {save.error === null ? null : <Refusal error={save.error} />}
          <Button
            type="submit"
            loading={save.isPending || save.isSuccess}
            disabled={
              name === '' || (isForge && forge.events.length === 0) || (pipeline !== '' && chosen.data === undefined)
            }
            style={{ alignSelf: 'flex-start' }}
          >
            Make the webhook
          </Button>
        </Stack>
      </form>
    </>
  );
}

function Refusal({ error }: { error: unknown }) {
  return (
    <Alert color="red" variant="light" role="alert" title="This webhook was not made">
      {refusalTexts(error).map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Alert>
  );
}
