/** One thing that is made from sources before the server can start. Paths are relative to the project. */
export interface BuildStep {
  name: string;
  /** Files and folders whose content decides whether it must be made again. */
  sources: readonly string[];
  /** Not there: made again, whatever the sources. */
  result: string;
  /** Arguments of Node. */
  args: readonly string[];
  env?: Record<string, string>;
}

export const buildSteps: readonly BuildStep[] = [
  {
    name: 'database client',
    sources: ['prisma/models', 'prisma.config.ts', 'package-lock.json'],
    result: 'prisma/client',
    args: ['node_modules/prisma/build/index.js', 'generate'],
    // Generating needs no schema engine, only a file that stands where one would be.
    env: { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' },
  },
  {
    name: 'workflow bundle',
    sources: [
      'workflows',
      'core',
      'plugins',
      'activities/types.ts',
      'workers/bundle-workflows.ts',
      'workers/workflow-bundle.ts',
      'package-lock.json',
    ],
    result: 'dist/workflows.js',
    args: ['workers/bundle-workflows.ts'],
  },
  {
    name: 'pages',
    sources: [
      'web/app',
      'web/features',
      'web/public',
      'web/next.config.ts',
      'web/tsconfig.json',
      'core',
      'package-lock.json',
    ],
    result: 'web/.next/BUILD_ID',
    args: ['node_modules/next/dist/bin/next', 'build', 'web'],
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  },
];
