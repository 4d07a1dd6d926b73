// Made by plugins/generate.ts from the folders beside it.
import type { ActionManifest, EngineManifest } from '../core/contracts/plugin.ts';
import { manifest as actionApproval } from './action-approval/manifest.ts';
import { manifest as actionCheckout } from './action-checkout/manifest.ts';
import { manifest as actionCompare } from './action-compare/manifest.ts';
import { manifest as actionEmail } from './action-email/manifest.ts';
import { manifest as actionFail } from './action-fail/manifest.ts';
import { manifest as actionHttp } from './action-http/manifest.ts';
import { manifest as actionLoad } from './action-load/manifest.ts';
import { manifest as actionMatch } from './action-match/manifest.ts';
import { manifest as actionRun } from './action-run/manifest.ts';
import { manifest as actionSet } from './action-set/manifest.ts';
import { manifest as actionSlack } from './action-slack/manifest.ts';
import { manifest as actionStore } from './action-store/manifest.ts';
import { manifest as actionTrigger } from './action-trigger/manifest.ts';
import { manifest as actionWait } from './action-wait/manifest.ts';
import { manifest as engineDocker } from './engine-docker/manifest.ts';
import { manifest as engineEcs } from './engine-ecs/manifest.ts';
import { manifest as engineKubernetes } from './engine-kubernetes/manifest.ts';
import { manifest as engineLocal } from './engine-local/manifest.ts';
import { manifest as engineNative } from './engine-native/manifest.ts';

export const actionManifests: readonly ActionManifest[] = [
  actionApproval,
  actionCheckout,
  actionCompare,
  actionEmail,
  actionFail,
  actionHttp,
  actionLoad,
  actionMatch,
  actionRun,
  actionSet,
  actionSlack,
  actionStore,
  actionTrigger,
  actionWait,
];

export const engineManifests: readonly EngineManifest[] = [
  engineDocker,
  engineEcs,
  engineKubernetes,
  engineLocal,
  engineNative,
];
