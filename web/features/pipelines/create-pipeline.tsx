import { Button } from '@mantine/core';
import { Link } from '../links/link.tsx';

/** The way into the editor. */
export function CreatePipeline() {
  return (
    <Button component={Link} href="/pipelines/new">
      Create new App Pipeline
    </Button>
  );
}
