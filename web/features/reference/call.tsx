'use client';
import { useState } from 'react';
import { type PermissionMethod, permissionMethods } from '../../../core/permissions.ts';
import { CopyableText } from '../lists/copy.tsx';
import lists from '../lists/lists.module.css';
import { curlOf } from './example.ts';
import { type Call, jsonSchema, type Schema } from './openapi.ts';
import classes from './reference.module.css';
import { Shape } from './shape.tsx';

/** One line; what the call takes and gives is made once it is opened. */
export function CallDetails({
  call,
  schemas,
  open: wanted,
}: {
  call: Call;
  schemas: Readonly<Record<string, Schema>>;
  open: boolean;
}) {
  const [open, setOpen] = useState(wanted);
  return (
    <details id={call.id} className={classes.call} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-row>
        <span className={classes.method}>{call.method.toUpperCase()}</span>
        <code className={classes.path}>{call.path.replace('/api/v1', '')}</code>
        <span className={lists.quiet}>{call.operation.summary}</span>
      </summary>
      {open ? <Body call={call} schemas={schemas} /> : null}
    </details>
  );
}

function Body({ call, schemas }: { call: Call; schemas: Readonly<Record<string, Schema>> }) {
  const { operation } = call;
  const right = operation['x-permission'];
  const body = jsonSchema(operation.requestBody?.content);
  const answer = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'));
  const answered = jsonSchema(answer?.[1].content);
  const media = Object.keys(answer?.[1].content ?? {})[0];
  const curl = curlOf(call, schemas);
  return (
    <div className={classes.body}>
      <p>
        {right === undefined ? (
          'Needs no token.'
        ) : (
          <>
            Needs <code>{right}</code>: {permissionMethods[right as PermissionMethod]}.
          </>
        )}
      </p>
      {operation.parameters === undefined ? null : (
        <dl className={classes.params}>
          {operation.parameters.map(({ name, in: where, required, schema }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>{' '}
                <span className={lists.quiet}>
                  in the {where}
                  {required === true ? ', needed' : ''}
                </span>
              </dt>
              <dd>
                <Shape schema={schema ?? {}} label={`Shape of ${name}`} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {body === undefined ? null : (
        <>
          <h4>Body</h4>
          <Shape schema={body} label="Shape of the body" />
        </>
      )}
      <h4>
        Answer{' '}
        <span className={lists.quiet}>
          {answer?.[0]}
          {answered === undefined ? (media === undefined ? ', nothing' : `, ${media}`) : ''}
        </span>
      </h4>
      {answered === undefined ? null : <Shape schema={answered} label="Shape of the answer" />}
      <h4>With curl</h4>
      <CopyableText label="Command" text={curl} />
    </div>
  );
}
