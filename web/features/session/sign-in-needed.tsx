import { Code, Text } from '@mantine/core';
import { SignInFrame } from './sign-in-frame.tsx';

export function SignInNeeded() {
  return (
    <SignInFrame title="Sign in">
      <Text>
        Open the sign-in link that <Code style={{ whiteSpace: 'nowrap' }}>palvella start</Code> printed, or that an
        administrator gave you. Each link works once; <Code style={{ whiteSpace: 'nowrap' }}>palvella sign-in</Code>{' '}
        prints a new one.
      </Text>
    </SignInFrame>
  );
}
