'use client';
import { Chip, Group, Input, NativeSelect, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import type { ChangeEvent } from 'react';
import { OrFailure } from '../lists/states.tsx';
import { catchUpChoices, everyChoices, type ScheduleFields, weekdayNames } from './form-model.ts';
import { overlaps } from './overlaps.ts';
import { useTimeZones } from './queries.ts';
import classes from './schedules.module.css';

interface Props {
  fields: ScheduleFields;
  onChange: (change: Partial<ScheduleFields>) => void;
}

const ways = [
  { value: 'every', label: 'Every so often' },
  { value: 'calendar', label: 'At a time of day' },
  { value: 'cron', label: 'Cron' },
];

/** What an input of one field takes. */
function inputOf<Name extends keyof ScheduleFields>(fields: ScheduleFields, name: Name, onChange: Props['onChange']) {
  return {
    value: fields[name],
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) =>
      onChange({ [name]: event.currentTarget.value }),
  };
}

/** When a schedule starts, and what becomes of starts that meet or were missed. */
export function WhenInputs({ fields, onChange }: Props) {
  return (
    <>
      <Input.Wrapper label="When" labelElement="div">
        <SegmentedControl
          fullWidth
          data={ways}
          value={fields.way}
          aria-label="When"
          onChange={(way) => onChange({ way: way as ScheduleFields['way'] })}
        />
      </Input.Wrapper>
      {fields.way === 'every' ? <Every fields={fields} onChange={onChange} /> : null}
      {fields.way === 'calendar' ? <TimeOfDay fields={fields} onChange={onChange} /> : null}
      {fields.way === 'cron' ? (
        <Textarea
          label="Cron"
          description="Minute, hour, day of the month, month, day of the week. Several: one in each line."
          autosize
          minRows={1}
          {...inputOf(fields, 'cron', onChange)}
          spellCheck={false}
          autoComplete="off"
        />
      ) : null}
      {fields.way === 'every' ? null : <TimeZone fields={fields} onChange={onChange} />}
      <div className={classes.pair}>
        <TextInput
          label="None before"
          description="In your time; empty: from now on."
          type="datetime-local"
          {...inputOf(fields, 'startAt', onChange)}
        />
        <TextInput
          label="None after"
          description="In your time; empty: for ever."
          type="datetime-local"
          {...inputOf(fields, 'endAt', onChange)}
        />
      </div>
      <NativeSelect
        label="While an earlier start goes on"
        description="A run goes on while it waits for an approval, too."
        data={overlaps}
        {...inputOf(fields, 'overlap', onChange)}
      />
      <div className={classes.pair}>
        <NativeSelect
          label="Make up for missed starts within"
          description="Where the server was away."
          data={catchUpChoices}
          {...inputOf(fields, 'catchUp', onChange)}
        />
        <TextInput
          label="Spread starts over"
          description="Each is late by up to this, as 30s."
          placeholder="no time"
          {...inputOf(fields, 'jitter', onChange)}
        />
      </div>
    </>
  );
}

function Every({ fields, onChange }: Props) {
  return (
    <div className={classes.pair}>
      <NativeSelect label="How often" data={everyChoices} {...inputOf(fields, 'every', onChange)} />
      {fields.every === 'other' ? (
        <TextInput
          label="How often, as 45m or 2h"
          placeholder="45m, 2h, 30d"
          {...inputOf(fields, 'everyText', onChange)}
        />
      ) : null}
      <TextInput
        label="Later by"
        placeholder="no time, or 3m: at :03, :13, …"
        {...inputOf(fields, 'offset', onChange)}
      />
    </div>
  );
}

function TimeOfDay({ fields, onChange }: Props) {
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label="Time"
          type="time"
          {...inputOf(fields, 'time', onChange)}
          error={fields.time === '' ? 'Give a time, as 03:00.' : undefined}
        />
        <TextInput
          label="Days of the month"
          placeholder="any, or 1, 1-7, 1,15"
          {...inputOf(fields, 'dayOfMonth', onChange)}
        />
        <TextInput label="Months" placeholder="any, or MAR, 6-8, 1,7" {...inputOf(fields, 'month', onChange)} />
        <TextInput label="Years" placeholder="any, or 2030" {...inputOf(fields, 'year', onChange)} />
      </div>
      <Input.Wrapper label="Days of the week" labelElement="div" description="None chosen: any.">
        <Chip.Group multiple value={fields.weekdays} onChange={(weekdays) => onChange({ weekdays })}>
          <Group gap="xs" mt={6}>
            {weekdayNames.map((day) => (
              <Chip key={day} value={day} size="xs">
                {day.slice(0, 1) + day.slice(1).toLowerCase()}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
    </>
  );
}

function TimeZone({ fields, onChange }: Props) {
  const read = useTimeZones();
  const zones = read.data?.items ?? [];
  const { timeZone } = fields;
  return (
    <OrFailure read={read}>
      <Select
        label="Time zone"
        searchable
        limit={60}
        data={zones.includes(timeZone) ? zones : [timeZone, ...zones]}
        value={timeZone}
        allowDeselect={false}
        nothingFoundMessage="No time zone is called so"
        onChange={(next) => onChange({ timeZone: next ?? 'UTC' })}
      />
    </OrFailure>
  );
}
