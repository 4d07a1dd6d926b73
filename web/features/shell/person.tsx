'use client';
import { useState } from 'react';
import { useSession } from '../api/queries.ts';
import { later } from '../later/later.tsx';
import { PersonButton } from './person-button.tsx';

const PersonMenu = later(
  () => import('./person-menu.tsx').then((room) => room.PersonMenu),
  () => <PersonButton name="" />,
);

/** Who is signed in. Its menu is read when it is first opened, as no page needs it to be seen. */
export function Person() {
  const session = useSession();
  const [isWanted, setWanted] = useState(false);
  const name = session.data?.name ?? 'not signed in';
  if (isWanted) return <PersonMenu name={name} roles={session.data?.roles ?? []} />;
  return <PersonButton name={name} onClick={() => setWanted(true)} />;
}
