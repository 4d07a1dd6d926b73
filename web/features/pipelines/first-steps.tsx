import { Code } from '@mantine/core';
import { Empty } from '../lists/states.tsx';
import { CreatePipeline } from './create-pipeline.tsx';

const example = `name: hello
jobs:
  - name: greet
    actions:
      - run: echo Hello`;

/** How the first Pipeline gets here. */
export function FirstSteps() {
  return (
    <Empty title="No Pipelines yet">
      <p>A Pipeline is a graph of Jobs. Compose one here, as a form, a graph and a text in step:</p>
      <CreatePipeline />
      <p>Or write it in a YAML file. Save this one as hello.yaml:</p>
      <Code block>{example}</Code>
      <p>then apply it and run it:</p>
      <Code block>{'npx palvella apply -f hello.yaml\nnpx palvella run hello --follow'}</Code>
    </Empty>
  );
}
