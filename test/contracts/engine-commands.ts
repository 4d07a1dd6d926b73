import { expect, test } from 'vitest';
import { actionOf, commandOf, type EngineUnderTest, finish, firstOutput, newJob, runOnce } from './engine-harness.ts';

/** What a command sees, prints and ends as. */
export function commandContract(under: () => EngineUnderTest): void {
  test('a command that ends well says so, with its output on the right streams', async () => {
    const done = await runOnce(under(), newJob(), 'echo out; echo err >&2');
    expect(done.exit).toMatchObject({ status: 0, namedOutput: '' });
    expect(done.exit.broke).toBeUndefined();
    expect(done).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
  });

  test.each([1, 2, 127, 255])('exit status %i is reported', async (status) => {
    expect((await runOnce(under(), newJob(), `exit ${status}`)).exit.status).toBe(status);
  });

  test('a command killed by a signal has no status but the signal', async () => {
    const { exit } = await runOnce(under(), newJob(), 'kill -9 $$');
    expect(exit).toMatchObject({ status: null, signal: 'SIGKILL' });
  });

  test('the first failing line ends the default shell', async () => {
    const done = await runOnce(under(), newJob(), 'false\necho never');
    expect(done.exit.status).toBe(1);
    expect(done.stdout).toBe('');
  });

  test('another shell gets the command as its last argument', async () => {
    const job = newJob();
    await under().engine.prepare({ key: job, settings: under().settings });
    const command = { ...commandOf(actionOf(job), 'a b'), shell: ['printf', '<%s>'] };
    expect((await finish(await under().engine.start(command))).stdout).toBe('<a b>');
  });

  test('a shell that is not there breaks the machinery, with its name', async () => {
    const job = newJob();
    await under().engine.prepare({ key: job, settings: under().settings });
    const running = await under().engine.start({ ...commandOf(actionOf(job), 'x'), shell: ['no-such-shell'] });
    expect((await finish(running)).exit).toMatchObject({
      status: null,
      broke: expect.stringContaining('no-such-shell'),
    });
  });

  test('a command longer than the system allows breaks with that reason', async () => {
    const { exit } = await runOnce(under(), newJob(), `: ${'x'.repeat(200_000)}`);
    expect(exit).toMatchObject({ status: null, broke: expect.stringContaining('longer than the system allows') });
  });

  test('output may be opened again by name', async () => {
    const done = await runOnce(under(), newJob(), 'echo a > /dev/stdout; echo b > /dev/stderr');
    expect(done).toMatchObject({ stdout: 'a\n', stderr: 'b\n' });
  });

  test('only the environment asked for is there, and nothing of the server', async () => {
    process.env['PALVELLA_WORKER_TOKEN'] = 'plv_secret_of_the_server';
    process.env['SOME_SECRET'] = 'hunter2';
    const { stdout } = await runOnce(under(), newJob(), 'env; cat /proc/$PPID/environ 2>/dev/null | tr "\\0" "\\n"', {
      MINE: 'a "quoted" $value',
    });
    expect(stdout).toContain('MINE=a "quoted" $value\n');
    expect(stdout).not.toContain('plv_secret_of_the_server');
    expect(stdout).not.toContain('hunter2');
  });

  test('settings of the Engine are seen by every command, those of the Action win', async () => {
    const job = newJob();
    await under().engine.prepare({
      key: job,
      settings: { ...under().settings, environ: { A: 'engine', B: 'engine' } },
    });
    const running = await under().engine.start(commandOf(actionOf(job), 'echo $A $B', { B: 'action' }));
    expect((await finish(running)).stdout).toBe('engine action\n');
  });

  test('what the command writes to $PALVELLA_OUTPUT comes back', async () => {
    const { exit } = await runOnce(under(), newJob(), 'echo a=1 >> $PALVELLA_OUTPUT; echo b=2 >> $PALVELLA_OUTPUT');
    expect(exit.namedOutput).toBe('a=1\nb=2\n');
  });

  test('a named output above 1 MiB breaks, a link there is not followed', async () => {
    const large = await runOnce(under(), newJob(), 'head -c 1100000 /dev/zero > $PALVELLA_OUTPUT');
    expect(large.exit.broke).toContain('1 MiB');
    const link = await runOnce(under(), newJob(), 'ln -s /etc/hostname $PALVELLA_OUTPUT');
    expect(link.exit.namedOutput).toBe('');
  });

  test('what the command writes to $PALVELLA_SUMMARY comes back, cut where it is too large; a link is not followed', async () => {
    const write = 'printf "# Hello\\n" >> $PALVELLA_SUMMARY; echo a=1 > $PALVELLA_OUTPUT; exit 3';
    const { exit } = await runOnce(under(), newJob(), write);
    expect(exit).toMatchObject({ status: 3, summary: '# Hello\n', namedOutput: 'a=1\n' });
    const large = await runOnce(under(), newJob(), 'head -c 300000 /dev/zero | tr "\\0" x > $PALVELLA_SUMMARY');
    expect(large.exit.status).toBe(0);
    expect(large.exit.summary).toMatch(/^x{262144}\n\n\*Cut at 256 KiB\.\*\n$/);
    const link = await runOnce(under(), newJob(), 'ln -s /etc/hostname $PALVELLA_SUMMARY');
    expect(link.exit.summary).toBeUndefined();
  });

  test('a prompt without a line end arrives while the command runs', async () => {
    const job = newJob();
    await under().engine.prepare({ key: job, settings: under().settings });
    const running = await under().engine.start(commandOf(actionOf(job), 'printf prompt; sleep 30'));
    expect(await firstOutput(running)).toContain('prompt');
    await under().engine.stop(actionOf(job), 100);
  });
}
