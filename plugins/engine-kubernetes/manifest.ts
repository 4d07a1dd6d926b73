import { z } from 'zod';
import { Environ, environText, Image, Shell, shellText } from '../../core/contracts/engine-settings.ts';
import type { EngineManifest } from '../../core/contracts/plugin.ts';

const DnsName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'a name in Kubernetes holds small letters, digits, - and .');
const Quantity = z.string().regex(/^[0-9.]+(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, 'an amount is written as 500m, 2 or 512Mi');
const Amounts = z.record(z.string().min(1), z.union([Quantity, z.number().positive()]));
const Labels = z.record(z.string().min(1).max(317), z.string().max(63));

const Toleration = z.strictObject({
  key: z.string().optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
  tolerationSeconds: z.int().optional(),
});

export const manifest = {
  category: 'engine',
  id: 'kubernetes',
  title: 'Kubernetes',
  description: 'Runs commands in a pod for each Job',
  code: ['shell'],
  writtenNames: ['environ', 'labels', 'annotations', 'node_selector', 'resources'],
  ownerOnly: ['allow', 'context', 'namespace', 'service_account', 'labels', 'annotations', 'pod_template'],
  settings: z.object({
    image: Image.describe('Image and tag'),
    shell: Shell.optional().describe(shellText),
    environ: Environ.optional().describe(environText),
    context: z.string().min(1).max(500).optional().describe('Context of the Worker’s kubeconfig'),
    namespace: DnsName.optional().describe('Namespace of the pods; the Worker’s when absent'),
    resources: z
      .strictObject({ requests: Amounts.optional(), limits: Amounts.optional() })
      .optional()
      .describe('What the pod asks for and may use, as { requests: { cpu: 500m, memory: 512Mi } }'),
    node_selector: Labels.optional().describe('Labels that its node must have'),
    tolerations: z.array(Toleration).max(100).optional().describe('Taints of nodes that it does not mind'),
    service_account: DnsName.optional().describe('Service account whose token the pod gets; none when absent'),
    image_pull_secrets: z.array(DnsName).max(20).optional().describe('Secrets that hold logins for registries'),
    labels: Labels.optional().describe('Labels of the pods'),
    annotations: z.record(z.string().min(1), z.string()).optional().describe('Annotations of the pods'),
    user: z.int().min(0).optional().describe('Number of the user of the commands; the image’s when absent'),
    pull: z.enum(['always', 'missing', 'never']).default('missing').describe('When the image is pulled'),
    start_timeout: z
      .int()
      .min(1)
      .max(86_400)
      .default(600)
      .describe('Seconds that a pod may take to start, as while no node has room for it'),
    pod_template: z
      .looseObject({ metadata: z.looseObject({}).optional(), spec: z.looseObject({}).optional() })
      .optional()
      .describe('A pod into which the Job’s is merged; its container main is the Job’s'),
    allow: z
      .array(z.enum(['privileged', 'host_network', 'host_processes', 'host_paths']))
      .optional()
      .describe('What pods may do to their node; nothing when absent'),
  }),
  example: '{ type: kubernetes, image: debian:bookworm, resources: { limits: { memory: 1Gi } } }',
} satisfies EngineManifest;

export type Settings = z.infer<typeof manifest.settings>;
