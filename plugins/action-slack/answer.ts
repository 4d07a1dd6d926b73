/** Of `chat.postMessage`: a 200 says nothing yet. */
export type SlackAnswer = { ok?: unknown; error?: unknown; needed?: unknown } | null;

const badToken = 'Give the bot token of a Slack app that is installed in the workspace, as xoxb-….';

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const remedies: Readonly<Record<string, (channel: string) => string>> = {
  channel_not_found: (channel) =>
    `Slack has no channel ${channel} that the app may see: correct its name or write its ID, and invite the app where it is private.`,
  not_in_channel: (channel) => `Invite the app to ${channel} in Slack, or give it the scope chat:write.public.`,
  is_archived: (channel) => `${channel} is archived: name another channel.`,
  invalid_auth: () => badToken,
  not_authed: () => badToken,
  account_inactive: () => badToken,
  token_revoked: () => badToken,
  token_expired: () => badToken,
  not_allowed_token_type: () => badToken,
  missing_scope: () => 'Give the app the scope chat:write in Slack and install it again.',
  msg_too_long: () => 'Shorten the message.',
};

/** What is wrong, as a sentence or two; undefined where the message was taken. */
export function problemOf(answer: SlackAnswer | undefined, channel: string): string | undefined {
  if (answer?.ok === true) return undefined;
  if (typeof answer?.error !== 'string') {
    return 'What answered is not Slack’s API. Look at PALVELLA_SLACK_API_URL, and at what stands between.';
  }
  const error = answer.error.slice(0, 100);
  const remedy = Object.hasOwn(remedies, error) ? ` ${remedies[error]?.(channel)}` : '';
  return `Slack refused it: ${error}.${remedy}`;
}
