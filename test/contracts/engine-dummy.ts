import type { Engine } from '../../core/contracts/engine.ts';

type Method = Exclude<keyof Engine, 'close'>;

/** An Engine that does what another does, and fails on command. */
export interface DummyEngine extends Engine {
  /** The next call of this method throws. */
  failNext(method: Method, error: Error): void;
  /** Calls so far, in order. */
  readonly calls: readonly Method[];
}

export function createDummyEngine(real: Engine): DummyEngine {
  const failures = new Map<Method, Error>();
  const calls: Method[] = [];

  function through<Args extends unknown[], Result>(method: Method, call: (...args: Args) => Promise<Result>) {
    return async (...args: Args): Promise<Result> => {
      calls.push(method);
      const failure = failures.get(method);
      failures.delete(method);
      if (failure !== undefined) throw failure;
      return await call(...args);
    };
  }

  return {
    prepare: through('prepare', real.prepare),
    start: through('start', real.start),
    attach: through('attach', real.attach),
    stop: through('stop', real.stop),
    teardown: through('teardown', real.teardown),
    held: through('held', real.held),
    close: () => real.close(),
    failNext: (method, error) => void failures.set(method, error),
    calls,
  };
}
