// Made by plugins/generate.ts from the folders beside it.

/** By folder; each gives `plugin`. */
export const implementations = {
  'action-checkout': () => import('./action-checkout/index.ts'),
  'action-email': () => import('./action-email/index.ts'),
  'action-http': () => import('./action-http/index.ts'),
  'action-load': () => import('./action-load/index.ts'),
  'action-run': () => import('./action-run/index.ts'),
  'action-slack': () => import('./action-slack/index.ts'),
  'action-store': () => import('./action-store/index.ts'),
  'action-trigger': () => import('./action-trigger/index.ts'),
  'engine-docker': () => import('./engine-docker/index.ts'),
  'engine-ecs': () => import('./engine-ecs/index.ts'),
  'engine-kubernetes': () => import('./engine-kubernetes/index.ts'),
  'engine-local': () => import('./engine-local/index.ts'),
  'engine-native': () => import('./engine-native/index.ts'),
} as const;
