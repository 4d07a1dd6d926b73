'use client';
import { Modal, ScrollArea, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { matching, type Offer } from './matching.ts';
import classes from './pick.module.css';

/** A catalogue: typing narrows it down, up, down and Enter choose. */
export function Picker({
  title,
  offers,
  label,
  before,
  missing,
  onPick,
  onClose,
}: {
  title: string;
  offers: readonly Offer[];
  /** Of what is chosen, where the title does not say it. */
  label?: string;
  /** A text that may be given before. */
  before?: { label: string; placeholder: string; value: string; onChange: (value: string) => void } | undefined;
  /** What there is to say of offers that could not be read. */
  missing?: ReactNode;
  onPick: (id: string) => void;
  onClose: () => void;
}) {
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState(0);
  const search = useRef<HTMLInputElement>(null);
  const found = matching(offers, query);
  const groups = [...new Set(found.map(({ group }) => group))];
  const move = (by: number) => setMarked((last) => Math.min(found.length - 1, Math.max(0, last + by)));
  const current = found[Math.min(marked, found.length - 1)];
  return (
    <Modal opened onClose={onClose} title={title} size="lg" padding="md" returnFocus={false}>
      {before === undefined ? null : (
        <TextInput
          data-autofocus
          mb="sm"
          label={before.label}
          placeholder={before.placeholder}
          value={before.value}
          onChange={(event) => before.onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            search.current?.focus();
          }}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      {label === undefined ? null : (
        <Text size="sm" fw={600} mb={4} aria-hidden>
          {label}
        </Text>
      )}
      <TextInput
        ref={search}
        data-autofocus={before === undefined || undefined}
        aria-label="Search"
        placeholder="Search"
        role="combobox"
        aria-expanded
        aria-controls="offers"
        aria-activedescendant={current === undefined ? undefined : `offer-${current.id}`}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1);
          else if (event.key === 'ArrowUp') move(-1);
          else if (event.key === 'Enter' && current !== undefined) onPick(current.id);
          else return;
          event.preventDefault();
        }}
      />
      {missing}
      <ScrollArea.Autosize mah="60vh" mt="xs">
        <div id="offers" role="listbox" aria-label={label ?? title}>
          {groups.map((group) => (
            <div key={group} role="group" aria-label={group}>
              <p className={classes.heading} aria-hidden>
                {group}
              </p>
              {found
                .filter((offer) => offer.group === group)
                .map((offer) => (
                  <OfferRow key={offer.id} offer={offer} isMarked={offer === current} onPick={() => onPick(offer.id)} />
                ))}
            </div>
          ))}
        </div>
        {found.length === 0 ? <p className={classes.none}>Nothing is called like that.</p> : null}
      </ScrollArea.Autosize>
    </Modal>
  );
}

function OfferRow({ offer, isMarked, onPick }: { offer: Offer; isMarked: boolean; onPick: () => void }) {
  return (
    <div
      id={`offer-${offer.id}`}
      role="option"
      aria-selected={isMarked}
      tabIndex={-1}
      className={classes.offer}
      ref={(element) => {
        if (isMarked) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={onPick}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onPick();
      }}
    >
      <span className={classes.title}>{offer.title}</span>
      <span className={classes.description}>{offer.description}</span>
      {offer.example === undefined ? null : <code className={classes.example}>{offer.example}</code>}
    </div>
  );
}
