'use client';
import { Alert, Button, Loader, Text } from '@mantine/core';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { errorText } from '../api/error.ts';
import { nextPage } from './next-page.ts';
import { SignInFrame } from './sign-in-frame.tsx';
import { SignInNeeded } from './sign-in-needed.tsx';

/** Exchanges the link's secret for a session, once, then goes to the page asked for. */
export function SignIn() {
  const search = useSearchParams();
  const link = search.get('link');
  const next = nextPage(search.get('next'));
  const router = useRouter();
  const [error, setError] = useState<unknown>(null);
  const tried = useRef<string | null>(null);

  useEffect(() => {
    if (link === null || tried.current === link) return;
    tried.current = link;
    // The secret must not stay in the address or the history.
    window.history.replaceState(null, '', '/sign-in');
    api.signIn(link).then(() => router.replace(next), setError);
  }, [link, next, router]);

  if (link === null && tried.current === null) return <SignInNeeded />;
  if (error === null) {
    return (
      <SignInFrame title="Signing in">
        <Loader size="sm" aria-label="Signing in" />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title="This link does not work">
      <Alert color="red" variant="light" role="alert">
        {errorText(error)}
      </Alert>
      <Text size="sm">
        Each link works once and for a short time. If you have signed in with it here before, you may still be.
      </Text>
      <Button variant="default" onClick={() => router.replace('/')}>
        Go to the home page
      </Button>
    </SignInFrame>
  );
}
