import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { cacheFolder } from '../../cli/user-folders.ts';
import { releaseLock, takeLock } from '../../workers/lock.ts';

const version = '1.38.0';
const cache = cacheFolder(process.env);
const server = join(cache, `temporal-test-server-${version}`);

type ClientOptions = NonNullable<Parameters<typeof TestWorkflowEnvironment.createTimeSkipping>[0]>['client'];

/**
 * A Temporal server whose clock runs ahead whenever all workflows only wait; `teardown()` ends it. It knows no
 * Schedules. Its first use on a machine fetches it from Maven Central.
 */
export async function timeSkipping(options: { client?: ClientOptions } = {}): Promise<TestWorkflowEnvironment> {
  const path = await testServer();
  const create = () =>
    TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
      ...(options.client === undefined ? {} : { client: options.client }),
    });
  for (let tries = 1; ; tries += 1) {
    try {
      return await create();
    } catch (error) {
      // The SDK gives it five seconds, whatever one asks for; Java may need more on a busy machine, and less the next time.
      if (tries === 5 || !String(error).includes('did not start within')) throw error;
    }
  }
}

/** Path of a program that starts the test server. Several test processes may ask for it at once. */
async function testServer(): Promise<string> {
  await mkdir(cache, { recursive: true });
  const lock = `${server}.lock`;
  while (takeLock(lock) !== undefined) await new Promise((done) => setTimeout(done, 200));
  try {
    if (!existsSync(server)) await fetchServer();
  } finally {
    releaseLock(lock);
  }
  return join(server, 'start');
}

/** Whole or not at all: a folder that was cut off in between never gets the name that is looked for. */
async function fetchServer(): Promise<void> {
  const draft = await mkdtemp(`${server}.`);
  try {
    const project = join(draft, 'pom.xml');
    await writeFile(project, pom);
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
    await promisify(execFile)('mvn', ['-q', '-B', '-f', project, goal, `-DoutputDirectory=${join(draft, 'lib')}`]);
    const start = join(draft, 'start');
    await writeFile(start, `#!/bin/sh\nexec java ${javaFlags} -cp '${server}/lib/*' ${mainClass} "$@"\n`);
    await chmod(start, 0o755);
    await rename(draft, server);
  } catch (cause) {
    throw new Error('Temporal’s test server could not be had: it needs java and mvn, and Maven Central.', { cause });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const mainClass = 'io.temporal.testserver.TestServer';
/** It lives for seconds, so starting fast counts for more than running fast. */
const javaFlags = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m';

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>palvella</groupId>
  <artifactId>time-skipping</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;
