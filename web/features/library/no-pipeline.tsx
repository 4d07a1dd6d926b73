import { Anchor } from '@mantine/core';
import { Link } from '../links/link.tsx';
import { runsHref } from '../runs/hrefs.ts';
import { NoDefinition } from './no-definition.tsx';

/** Where there is no Pipeline of that name: a run by itself has the name of its Job or Action, whose page this leads to. */
export function NoPipeline({ name }: { name: string }) {
  return (
    <NoDefinition name={name} kinds={['Pipeline', 'Job', 'Action']} title="There is no such Pipeline">
      <p>
        Runs stay when their Pipeline goes:{' '}
        <Anchor component={Link} href={runsHref(name)} inherit>
          runs of {name}
        </Anchor>
      </p>
      <Anchor component={Link} href="/pipelines" inherit>
        All Pipelines
      </Anchor>
    </NoDefinition>
  );
}
