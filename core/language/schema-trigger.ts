import { z } from 'zod';
import { Duration } from '../duration-schema.ts';
import { Priority } from '../priority.ts';
import { runEnds } from '../status.ts';
import { Args, Description, ExpressionText, Name, strict } from './fields.ts';
import { Schedule } from './schema-schedule.ts';

const Secret = strict({ from_credential: Name, property: Name.optional() }).describe('What the sender signs with');

const patterns = (about: string) =>
  z
    .array(z.string().min(1).max(500))
    .min(1)
    .max(200)
    .refine((list) => list.some((one) => !one.startsWith('!')), 'with nothing but ! before them nothing can match')
    .optional()
    .describe(about);

const forge = {
  secret: Secret,
  events: z.array(z.string().min(1)).min(1).describe('Events, as push'),
  types: patterns('Of pull requests and the like: what happened, as opened'),
  branches: patterns('Branches as main or release/*; of a pull request the one it goes to; ! before one takes it out'),
  tags: patterns('Tags, as v*'),
  paths: patterns('Changed files, as src/**'),
};

const HeaderName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, 'a header has letters, digits and -')
  .transform((name) => name.toLowerCase());

const Webhook = strict({
  secret: Secret,
  header: HeaderName.default('x-signature-256').describe('Header with the signature; x-signature-256 when absent'),
  delivery_id: HeaderName.optional().describe('Header that is the same when the same is sent again'),
  timestamp: strict({
    header: HeaderName.describe('Header with the time in seconds, which is signed too'),
    tolerance: Duration.default('5m').describe('How far that may be from now'),
  }).optional(),
});

const After = strict({
  pipeline: Name.describe('Whose end'),
  status: z.array(z.enum(runEnds)).min(1).default(['succeeded']).describe('How it ended'),
});

/** What a Trigger listens to: one of these. */
const triggerSources = {
  rest: strict({}).describe('A program calls it'),
  manual: strict({}).describe('A person presses a button'),
  webhook: Webhook.describe('Any sender that signs with HMAC-SHA256'),
  github: strict(forge).describe('A webhook of GitHub'),
  gitlab: strict(forge).describe('A webhook of GitLab'),
  gitea: strict(forge).describe('A webhook of Gitea or Forgejo'),
  after: After.describe('The end of a run of another Pipeline'),
  schedule: Schedule,
} as const;
export type TriggerSource = keyof typeof triggerSources;
export const triggerSourceNames = Object.keys(triggerSources) as TriggerSource[];

const sources = triggerSourceNames.join(', ');

export const TriggerSpec = strict({
  kind: z.literal('Trigger'),
  name: Name.describe('Name'),
  description: Description.optional(),
  rest: triggerSources.rest.optional(),
  manual: triggerSources.manual.optional(),
  webhook: triggerSources.webhook.optional(),
  github: triggerSources.github.optional(),
  gitlab: triggerSources.gitlab.optional(),
  gitea: triggerSources.gitea.optional(),
  after: triggerSources.after.optional(),
  schedule: triggerSources.schedule.optional(),
  if: ExpressionText.optional().describe('Only deliveries of which this is true, as trigger.branch == "main"'),
  runs: z
    .array(
      strict({
        pipeline: Name,
        args: Args.optional(),
        priority: Priority.optional().describe(
          "Which runs Workers serve first: 1 before 5; the Pipeline's own when absent",
        ),
      }),
    )
    .min(1)
    .max(100)
    .optional()
    .describe('What it starts; absent where only waiting Jobs look for it'),
}).superRefine((spec, context) => {
  const [first, second] = triggerSourceNames.filter((name) => spec[name] !== undefined);
  if (first === undefined) {
    context.addIssue({ code: 'custom', message: `a Trigger has one of ${sources}`, path: [] });
  } else if (second !== undefined) {
    context.addIssue({
      code: 'custom',
      message: `a Trigger has one of these, not ${first} and ${second}`,
      path: [second],
    });
  }
});
export type TriggerSpec = z.infer<typeof TriggerSpec>;
export type ForgeFilter = Omit<z.infer<typeof triggerSources.github>, 'secret'>;

export function sourceOf(spec: TriggerSpec): TriggerSource {
  return triggerSourceNames.find((name) => spec[name] !== undefined) as TriggerSource;
}
