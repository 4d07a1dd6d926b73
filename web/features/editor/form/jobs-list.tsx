'use client';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { QuietFailure } from '../../lists/states.tsx';
import classes from '../editor.module.css';
import { libraryQuery } from '../editor-api.ts';
import { freeName, type JobPlace, removeJob, siblingsOf } from '../jobs.ts';
import { jobTemplates } from '../pick/offers.ts';
import { Picker } from '../pick/picker.tsx';
import { isSamePath, isWithin } from '../problem-place.ts';
import { jsonAt, type Path } from '../text/edit.ts';
import { useEditor } from '../use-editor.ts';
import { pathMark } from './field-props.ts';
import { JobForm } from './job-form.tsx';
import { Row, type RowAct } from './row.tsx';
import { useRows } from './use-rows.ts';

/** The Jobs of the document, those of groups below their group. */
export function JobsList({ onSave, onTry }: { onSave: () => void; onTry?: (place: JobPlace) => void }) {
  const { jobs, selected, select, change, json, isReadOnly } = useEditor();
  /** The list that a new Job goes into. */
  const [into, setInto] = useState<Path | null>(null);

  function add(path: Path, job: JsonObject) {
    if (!change({ op: 'insert', path, value: job })) return;
    const [only, ...others] = Array.isArray(job['actions']) ? job['actions'] : [];
    select(only !== undefined && others.length === 0 ? [...path, 'actions', 0] : path, 'new');
  }
  function actsOf(path: Path): RowAct[] {
    const place = jobs.find((each) => isSamePath(each.path, path));
    if (place === undefined) return [];
    const siblings = siblingsOf(jobs, place);
    const index = siblings.indexOf(place);
    const list = place.path.slice(0, -1);
    const to = (next: number) => () => {
      if (change({ op: 'move', path: place.path, to: next })) select([...list, next], 'form');
    };
    const isOnly = siblings.length === 1;
    const copy = {
      ...place.job,
      name: freeName(
        place.name,
        siblings.map(({ name }) => name),
      ),
    };
    return [
      ...(Object.hasOwn(place.job, 'jobs')
        ? [{ label: 'New Job in it', act: () => setInto([...place.path, 'jobs']) }]
        : []),
      ...(onTry === undefined ? [] : [{ label: 'Try this Job', act: () => onTry(place) }]),
      { label: 'Move up', isOff: index === 0, act: to(index - 1) },
      { label: 'Move down', isOff: index === siblings.length - 1, act: to(index + 1) },
      { label: 'Duplicate', act: () => add([...list, Number(place.path.at(-1)) + 1], copy) },
      {
        label: 'Remove Job',
        isDangerous: true,
        act: () => {
          change(isOnly && place.parent === null ? { op: 'remove', path: list } : removeJob(jobs, place));
          select([], 'form');
        },
      },
    ];
  }
  const rows = useRows((path) => isOpen(selected, path), actsOf);
  return (
    <section aria-label="Jobs">
      <h2 className={classes.head}>Jobs</h2>
      <ol className={classes.rows}>
        {jobs.map((place) => (
          <Row
            key={pathMark(place.path)}
            mark={pathMark(place.path)}
            title={place.name}
            summary={jobSummary(place.job)}
            depth={place.path.length / 2 - 1}
            isOpen={isOpen(selected, place.path)}
            problems={rows.problemsIn(place.path)}
            isReadOnly={isReadOnly}
            onToggle={rows.onToggle}
            actsOf={rows.actsOf}
          >
            {isOpen(selected, place.path) ? (
              <JobForm
                place={place}
                onSave={onSave}
                onTry={onTry === undefined ? undefined : () => onTry(place)}
                onNewInside={() => setInto([...place.path, 'jobs'])}
              />
            ) : null}
          </Row>
        ))}
      </ol>
      <NewJob onNew={() => setInto(['jobs'])} isFirst={jobs.length === 0} />
      {into === null ? null : (
        <JobPicker
          onClose={() => setInto(null)}
          onPick={(name, body) => {
            setInto(null);
            const list = jsonAt(json, into);
            const taken = jobs.filter(({ path }) => path.length === into.length + 1 && isWithin(path, into));
            const index = Array.isArray(list) ? list.length : 0;
            add([...into, index], {
              name: freeName(
                name,
                taken.map((each) => each.name),
              ),
              ...body,
            });
          }}
        />
      )}
    </section>
  );
}

/** A Job is open while it or one of its Actions is what one works on; a group is not, while a Job of it is. */
function isOpen(selected: Path, path: Path): boolean {
  return isWithin(selected, path) && selected[path.length] !== 'jobs';
}

function NewJob({ onNew, isFirst }: { onNew: () => void; isFirst: boolean }) {
  const { isReadOnly } = useEditor();
  if (isReadOnly) return null;
  return (
    <Button size="xs" variant={isFirst ? 'filled' : 'default'} leftSection={<IconPlus size={14} />} onClick={onNew}>
      New Job
    </Button>
  );
}

function JobPicker({ onPick, onClose }: { onPick: (name: string, body: JsonObject) => void; onClose: () => void }) {
  const { actions } = useEditor();
  const jobs = useQuery(libraryQuery('Job'));
  const pipelines = useQuery(libraryQuery('Pipeline'));
  const templates = jobTemplates({ jobs: jobs.data ?? [], pipelines: pipelines.data ?? [] }, actions);
  return (
    <Picker
      title="What type of Job?"
      offers={templates}
      missing={
        <>
          <QuietFailure read={jobs} what="Jobs of the library" />
          <QuietFailure read={pipelines} what="Pipelines" />
        </>
      }
      onClose={onClose}
      onPick={(id) => {
        const chosen = templates.find((each) => each.id === id);
        if (chosen !== undefined) onPick(chosen.name, chosen.body);
      }}
    />
  );
}

function jobSummary(job: JsonObject): string {
  if (job['type'] === 'container') return `container · ${typeof job['image'] === 'string' ? job['image'] : ''}`;
  if (typeof job['job'] === 'string') return job['job'] === '' ? 'calls a Job' : `calls the Job ${job['job']}`;
  if (typeof job['pipeline'] === 'string')
    return job['pipeline'] === '' ? 'calls a Pipeline' : `calls the Pipeline ${job['pipeline']}`;
  const count = (value: Json | undefined) => (Array.isArray(value) ? value.length : 0);
  if (Object.hasOwn(job, 'jobs')) return counted(count(job['jobs']), 'Job');
  return counted(count(job['actions']), 'Action');
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
