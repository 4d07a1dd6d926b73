/**
 * Every right there is, in one table. Each route and WebSocket subscription names the one it needs;
 * `allowed` is the one place that decides.
 */
export const permissionMethods = {
  definitionRead: 'Read Pipelines, Jobs, Actions and Engines',
  definitionWrite: 'Save or remove Pipelines, Jobs, Actions and Engines',
  executorRun: 'Start a run, retry or fork one',
  executorStop: 'Stop a run',
  scheduleWrite: 'Pause schedules, have them go on, and put them back as they are saved',
  runRead: 'See runs, their Jobs and outputs',
  logRead: 'Read logs',
  fileRead: 'Read the files of a run',
  approvalDecide: 'Approve or reject',
  credentialRead: 'Lease a Credential to a Worker',
  credentialWrite: 'Save a Credential',
  workerServe: 'Work as a Worker: claim Jobs, report, write logs',
  workerRead: 'See Workers',
  workerWrite: 'Drain Workers and have them take Jobs again',
  serverPause: 'Pause the server, have it go on',
  lockRelease: 'Take a lock from whoever has it',
  tokenWrite: 'Make and revoke API tokens, and sign people in',
} as const;
export type PermissionMethod = keyof typeof permissionMethods;

export interface Identity {
  /** As `local/admin`, `person/<name>`, `token/<name>` or `worker/<id>`. */
  name: string;
  kind: 'person' | 'token' | 'worker';
  roles: readonly string[];
}

const workerMethods: ReadonlySet<PermissionMethod> = new Set<PermissionMethod>(['workerServe', 'credentialRead']);
/** Whatever one's roles. Which approvals are one's to decide, each says by its own roles. */
const anybodysMethods: ReadonlySet<PermissionMethod> = new Set<PermissionMethod>([
  'definitionRead',
  'runRead',
  'logRead',
  'fileRead',
  'workerRead',
  'approvalDecide',
]);

/** An administrator may do what people do; others may read, and decide what is asked of their roles. A Worker may only work. */
export function allowed(identity: Identity, method: PermissionMethod): boolean {
  if (identity.kind === 'worker') return workerMethods.has(method);
  return identity.roles.includes('administrator') || anybodysMethods.has(method);
}

/** Why somebody is refused, in words. */
export function refusedRight({ name, kind }: Identity, method: PermissionMethod): { message: string; remedy?: string } {
  const right = permissionMethods[method];
  const message = `${name} has no right to this: ${right.charAt(0).toLowerCase()}${right.slice(1)}.`;
  return kind === 'worker' ? { message } : { message, remedy: 'Ask an administrator.' };
}
