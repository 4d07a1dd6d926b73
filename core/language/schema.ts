import type { z } from 'zod';
import { ActionSpec } from './schema-action.ts';
import { EngineSpec } from './schema-engine.ts';
import { JobSpec } from './schema-job.ts';
import { CredentialSpec, PermissionSpec, RoleSpec } from './schema-others.ts';
import { PipelineSpec } from './schema-pipeline.ts';
import { TriggerSpec } from './schema-trigger.ts';

/** The schema of each kind of document. */
export const schemas = {
  Pipeline: PipelineSpec,
  Job: JobSpec,
  Action: ActionSpec,
  Engine: EngineSpec,
  Trigger: TriggerSpec,
  Credential: CredentialSpec,
  Role: RoleSpec,
  Permission: PermissionSpec,
} as const;

export type Kind = keyof typeof schemas;
export const kinds = Object.keys(schemas) as Kind[];

type Specs = { [K in Kind]: z.infer<(typeof schemas)[K]> };

/** A document's kind and its checked content. */
export type Checked = { [K in Kind]: { kind: K; name: string; spec: Specs[K] } }[Kind];
