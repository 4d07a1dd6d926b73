import { Button } from '@mantine/core';
import Link from 'next/link';

/** The way into the editor. */
export function CreatePipeline() {
  return (
    <Button component={Link} href="/pipelines/new">
      Create new App Pipeline
    </Button>
  );
}
