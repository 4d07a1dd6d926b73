'use client';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { isObject } from '../../../../core/is-object.ts';
import type { Json } from '../../../../core/json.ts';
import { newAction, readAction, summaryOf } from '../actions.ts';
import classes from '../editor.module.css';
import { freeName } from '../jobs.ts';
import { ActionPicker } from '../pick/action-picker.tsx';
import { isWithin } from '../problem-place.ts';
import { jsonAt, type Path } from '../text/edit.ts';
import { useEditor } from '../use-editor.ts';
import { commonOf, textField, useActions, useSchemas } from '../use-vocabulary.ts';
import { ActionForm } from './action-form.tsx';
import { pathMark } from './field-props.ts';
import { Row, type RowAct } from './row.tsx';
import { useRows } from './use-rows.ts';

/** The Actions of a Job, in order. `path`: of the Job. */
export function ActionsList({ path }: { path: Path }) {
  const { json, selected, select, change, isReadOnly } = useEditor();
  const { known } = useActions();
  const common = commonOf(useSchemas().action);
  const [isPicking, setPicking] = useState(false);
  const own = [...path, 'actions'];
  const value = jsonAt(json, own);
  const list = Array.isArray(value) ? value : [];
  const at = (index: number): Path => [...own, index];

  function move(index: number, to: number) {
    if (change({ op: 'move', path: at(index), to })) select(at(to), 'form');
  }
  function add(entry: Json, index: number) {
    // What was refused is not there to be shown.
    if (change({ op: 'insert', path: at(index), value: entry })) select(at(index), 'new');
  }
  function actsOf(place: Path): RowAct[] {
    const index = Number(place.at(-1));
    const entry = list[index];
    if (!isObject(entry)) return [];
    const names = list.flatMap((each) => (isObject(each) ? [textField(each, 'name')] : []));
    const { name, ...rest } = entry;
    const copy = typeof name === 'string' ? { name: freeName(name, names), ...rest } : rest;
    return [
      { label: 'Move up', isOff: index === 0, act: () => move(index, index - 1) },
      { label: 'Move down', isOff: index === list.length - 1, act: () => move(index, index + 1) },
      { label: 'Duplicate', act: () => add(copy, index + 1) },
      {
        label: 'Remove Action',
        isDangerous: true,
        act: () => {
          change({ op: 'remove', path: list.length === 1 ? own : at(index) });
          select(path, 'form');
        },
      },
    ];
  }
  const rows = useRows((place) => isWithin(selected, place), actsOf);
  return (
    <section aria-label="Actions">
      <h3 className={classes.subhead}>Actions</h3>
      <ol className={classes.rows}>
        {list.map((entry, index) => {
          if (!isObject(entry)) return null;
          const reading = readAction(entry, known, common);
          const action = reading.type === undefined ? undefined : known(reading.type);
          const title = textField(entry, 'name') || reading.type || 'Action';
          return (
            <Row
              key={String(index)}
              mark={pathMark(at(index))}
              title={title}
              summary={[action?.title ?? reading.type, summaryOf(reading, action)].filter(Boolean).join(' · ')}
              isOpen={isWithin(selected, at(index))}
              problems={rows.problemsIn(at(index))}
              isReadOnly={isReadOnly}
              onToggle={rows.onToggle}
              actsOf={rows.actsOf}
            >
              {isWithin(selected, at(index)) ? <ActionForm path={at(index)} entry={entry} /> : null}
            </Row>
          );
        })}
      </ol>
      {isReadOnly ? null : (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => setPicking(true)}
        >
          Action
        </Button>
      )}
      {isPicking ? (
        <ActionPicker
          isNew
          onClose={() => setPicking(false)}
          onPick={(chosen, name) => add(newAction(chosen, name), list.length)}
        />
      ) : null}
    </section>
  );
}
