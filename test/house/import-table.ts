/** The import table of docs/design.md, as data. */
export const rooms = [
  'core',
  'workflows',
  'activities',
  'platform',
  'engine-kit',
  'plugins',
  'workers',
  'web',
  'prisma',
  'cli',
] as const;
export type Room = (typeof rooms)[number];

interface RoomRule {
  /** Rooms that it may import besides itself. */
  imports: readonly Room[];
  /** Rooms of which it may import types only. */
  types: readonly Room[];
  /** The only packages it may import; absent: any. */
  packages?: readonly string[];
}

export const table: Record<Room, RoomRule> = {
  core: { imports: [], types: [], packages: ['zod', 'yaml', '@marcbachmann/cel-js', 're2js'] },
  workflows: {
    imports: ['core'],
    types: ['activities'],
    packages: ['@temporalio/workflow', '@temporalio/common', 'zod'],
  },
  activities: { imports: ['core', 'platform', 'plugins'], types: [] },
  platform: { imports: ['core', 'prisma'], types: [] },
  'engine-kit': { imports: ['core'], types: [] },
  plugins: { imports: ['core', 'engine-kit'], types: [] },
  workers: { imports: ['core', 'activities', 'platform', 'plugins', 'prisma'], types: [] },
  web: { imports: ['core', 'platform', 'prisma'], types: [] },
  prisma: { imports: ['core'], types: [] },
  cli: { imports: ['core', 'workers'], types: ['web'] },
};

/** Read in every room, so they may bring nothing with them but core and zod. */
export const manifestPath = /^plugins\/([^/]+\/manifest|manifests(\.generated)?)\.ts$/;
export const manifestPackages: readonly string[] = ['zod'];
