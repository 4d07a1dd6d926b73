'use client';
import { Failure } from '../../features/lists/states.tsx';

/** A page that broke leaves the rail in place. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failure error={error} onRetry={reset} />;
}
