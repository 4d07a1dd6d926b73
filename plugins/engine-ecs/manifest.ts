import { z } from 'zod';
import { Environ, environText, Image, Shell, shellText } from '../../core/contracts/engine-settings.ts';
import type { EngineManifest } from '../../core/contracts/plugin.ts';

const Name = z.string().min(1).max(500);
const Role = z
  .string()
  .max(2048)
  .regex(/^arn:[a-z-]+:iam::[0-9]{12}:role\/\S+$/, 'a role is written as arn:aws:iam::123456789012:role/NAME');
const TagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export const manifest = {
  category: 'engine',
  id: 'ecs',
  title: 'AWS ECS',
  description: 'Runs each command as a task of AWS ECS, on Fargate or EC2',
  code: ['shell'],
  writtenNames: ['environ', 'tags'],
  ownerOnly: [
    'region',
    'cluster',
    'launch_type',
    'capacity_provider',
    'task_definition',
    'execution_role',
    'task_role',
    'log_group',
    'subnets',
    'security_groups',
    'assign_public_ip',
    'volume',
  ],
  settings: z.object({
    image: Image.optional().describe('Image and tag; that of the task definition when absent'),
    shell: Shell.optional().describe(shellText),
    environ: Environ.optional().describe(environText),
    region: z
      .string()
      .regex(/^[a-z0-9-]{3,40}$/, 'a region is written as eu-central-1')
      .optional()
      .describe('AWS region; the Worker’s when absent'),
    cluster: Name.default('default').describe('Name or ARN of the cluster'),
    launch_type: z.enum(['fargate', 'ec2']).default('fargate').describe('What the cluster runs tasks on'),
    capacity_provider: Name.optional().describe('Capacity provider of the cluster, as FARGATE_SPOT'),
    task_definition: Name.optional().describe(
      'Family, or family:revision, of a task definition that tasks are made from; made from the other settings when absent',
    ),
    cpu: z.number().positive().max(192).optional().describe('CPUs of the task, as 0.5; 0.25 on Fargate when absent'),
    memory: z
      .string()
      .regex(/^[1-9][0-9]*[mg]$/i, 'memory is written as 512m or 2g')
      .optional()
      .describe('Memory of the task, as 2g; 512m when absent'),
    architecture: z.enum(['amd64', 'arm64']).optional().describe('Processor of the task; amd64 when absent'),
    execution_role: Role.optional().describe('Role by which ECS pulls the image and writes the log'),
    task_role: Role.optional().describe('Role that the commands have; none when absent'),
    log_group: z
      .string()
      .regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, 'the name of a log group of CloudWatch')
      .optional()
      .describe('Log group of CloudWatch; that of the task definition when absent, else /palvella'),
    subnets: z.array(Name).min(1).max(16).optional().describe('Subnets of the task; needed on Fargate'),
    security_groups: z.array(Name).min(1).max(5).optional().describe('Security groups of the task'),
    assign_public_ip: z.boolean().optional().describe('Whether the task gets a public address; no when absent'),
    tags: z
      .record(
        z
          .string()
          .min(1)
          .max(128)
          .regex(TagText, 'a tag holds letters, digits, blanks and _ . : / = + - @')
          .regex(/^(?!aws:|palvella:)/i, 'tags that begin with aws: or palvella: are not yours to write'),
        z.string().max(256).regex(TagText, 'a tag holds letters, digits, blanks and _ . : / = + - @'),
      )
      .optional()
      .describe('Tags of tasks and task definitions'),
    volume: z
      .strictObject({
        efs: z.string().regex(/^fs-[0-9a-f]{8,40}$/, 'a file system is written as fs-0123456789abcdef0'),
        access_point: z
          .string()
          .regex(/^fsap-[0-9a-f]{8,40}$/, 'an access point is written as fsap-0123456789abcdef0')
          .optional()
          .describe('Access point of the file system'),
        root: z
          .string()
          .max(1000)
          .regex(/^\/(?!.*\.\.)[^\0]*$/, 'a folder of the file system begins with / and has no ..')
          .optional()
          .describe('Folder of the file system that tasks see; not together with access_point'),
      })
      .refine(({ access_point, root }) => access_point === undefined || root === undefined, {
        message: 'the access point says which folder tasks see, so root cannot',
      })
      .optional()
      .describe('EFS file system for the Jobs’ files; without one a Job can run one command only'),
    start_timeout: z
      .int()
      .min(1)
      .max(86_400)
      .default(900)
      .describe('Seconds that a task may take to start, as while the cluster has no room for it'),
  }),
  example: '{ type: ecs, image: debian:bookworm, cpu: 1, memory: 2g }',
} satisfies EngineManifest;

export type Settings = z.infer<typeof manifest.settings>;
