'use client';
import { Button, CopyButton } from '@mantine/core';
import classes from './copy.module.css';

/** `name`: of what is copied, where there is more than one thing to copy. */
export function Copy({ value, name }: { value: string; name?: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="default"
          onClick={copy}
          {...(name === undefined ? {} : { 'aria-label': `Copy ${name}` })}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </CopyButton>
  );
}

/** Text as it is, which scrolls by itself. `whole`: what is copied, where only a part is shown. */
export function CopyableText({ label, text, whole = text }: { label: string; text: string; whole?: string }) {
  return (
    <div className={classes.copyable}>
      <pre tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <Copy value={whole} />
    </div>
  );
}
