'use client';
import { Checkbox, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import type { ForkVersion } from '../../../core/api/forks.ts';
import type { RunDetail } from '../../../core/api/objects.ts';
import { isNotFound } from '../api/error.ts';
import { Failure, Skeletons } from '../lists/states.tsx';
import type { Fields } from '../parameters/form-model.ts';
import classes from './forks.module.css';
import { useForkPlan } from './queries.ts';
import { StartFork } from './start-fork.tsx';

interface Props {
  run: RunDetail;
  runKey: string;
  /** Path of the Job that is open on the page. */
  selected: string | undefined;
  onClose: () => void;
}

const beginning = '';

/** Asks what a fork is to go on from, with which version and parameters, and says what that does before it is started. */
export function ForkDialog({ run, runKey, selected, onClose }: Props) {
  const [from, setFrom] = useState(() => stemOf(selected ?? beginning));
  const [edits, setEdits] = useState<Fields>({});
  const [version, setVersion] = useState<ForkVersion>('same');
  // What there is to choose from, also where the chosen version has no such Job.
  const whole = useForkPlan(runKey, { version });
  const chosen = useForkPlan(runKey, from === beginning ? { version } : { from, version });
  const { data } = whole;
  const isMissing = isNotFound(chosen.error);
  return (
    <Modal opened onClose={onClose} title={`Fork ${run.pipeline} #${run.number}`} size="lg" centered>
      {data === undefined ? (
        whole.error === null ? (
          <Skeletons rows={5} />
        ) : (
          <Failure error={whole.error} onRetry={() => void whole.refetch()} />
        )
      ) : (
        <div className={classes.dialog}>
          <Select
            label="Go on from"
            description="What comes before this Job is taken over with its outputs and files. It and all else runs."
            data={[
              { value: beginning, label: 'The beginning' },
              ...data.jobs.map(({ path }) => ({ value: path, label: path })),
            ]}
            value={from}
            error={isMissing ? `Version ${data.version} has no Job ${from}.` : undefined}
            onChange={(path) => setFrom(path ?? beginning)}
            allowDeselect={false}
            searchable
            maxDropdownHeight={280}
          />
          {data.newestVersion === null || data.newestVersion === data.ranVersion ? null : (
            <Checkbox
              label={`Take the newest version, ${data.newestVersion}; this run had ${data.ranVersion}`}
              checked={version === 'newest'}
              onChange={(event) => setVersion(event.currentTarget.checked ? 'newest' : 'same')}
            />
          )}
          {chosen.data !== undefined && !isMissing ? (
            <StartFork
              runKey={runKey}
              plan={chosen.data}
              fork={from === beginning ? { version } : { from, version }}
              edits={edits}
              onEdit={(name, value) => setEdits((last) => ({ ...last, [name]: value }))}
              onFrom={setFrom}
              onClose={onClose}
            />
          ) : chosen.error === null ? (
            <Skeletons rows={4} />
          ) : isMissing ? null : (
            <Failure error={chosen.error} onRetry={() => void chosen.refetch()} />
          )}
        </div>
      )}
    </Modal>
  );
}

/** Of a Job that a `for_each` made, that which makes it: a list may have become another. */
function stemOf(path: string): string {
  return path.replace(/\[\d+\].*$/, '');
}
