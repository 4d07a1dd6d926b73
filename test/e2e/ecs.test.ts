import { afterAll } from 'vitest';
import { ecsForTests, mountedVolume, type TestEcs } from '../support/ecs.ts';
import { containersEndToEnd } from './containers.ts';

let ecs: TestEcs | undefined;

containersEndToEnd('ecs', {
  async env() {
    ecs = await ecsForTests();
    return ecs.env;
  },
  left: async () => ((await ecs?.left()) ?? []).join(),
  engine: `type: ecs
image: alpine:latest
subnets: [subnet-1a]
execution_role: arn:aws:iam::123456789012:role/ecs
volume: { efs: ${mountedVolume} }
`,
});
afterAll(() => ecs?.close());
