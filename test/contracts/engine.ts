import { afterAll, beforeAll, describe } from 'vitest';
import { commandContract } from './engine-commands.ts';
import type { EngineUnderTest } from './engine-harness.ts';
import { lifeContract } from './engine-life.ts';
import { workspaceContract } from './engine-workspace.ts';

/** What every Engine that runs commands must do. Each implementation passes this whole suite. */
export function engineContract(name: string, make: () => Promise<EngineUnderTest>): void {
  describe(`engine contract: ${name}`, () => {
    let made: EngineUnderTest | undefined;
    const under = () => {
      if (made === undefined) throw new Error('the Engine was not made');
      return made;
    };
    beforeAll(async () => {
      made = await make();
    });
    afterAll(async () => {
      await Promise.all((await under().engine.held()).map((job) => under().engine.teardown(job)));
      await under().engine.close();
      await under().dispose();
    });
    commandContract(under);
    lifeContract(under);
    workspaceContract(under);
  });
}
