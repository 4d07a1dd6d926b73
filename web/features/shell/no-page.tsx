'use client';
import dynamic from 'next/dynamic';

/** Every page brings this one with it, so all that it shows comes only where it is shown. */
export const NoPage = dynamic(() => import('./not-found.tsx').then((room) => room.NotFound));
export const NothingThere = dynamic(() => import('./not-found.tsx').then((room) => room.NothingThere));
