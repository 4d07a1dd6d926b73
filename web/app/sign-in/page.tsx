import type { Metadata } from 'next';
import { SignIn } from '../../features/session/sign-in.tsx';

export const metadata: Metadata = { title: 'Sign in', referrer: 'no-referrer' };

export default function Page() {
  return <SignIn />;
}
