/** Where a message goes, as far as people are told of that. */
export interface Addressed {
  slack?: { channel: string } | undefined;
  email?: { to: string | string[] } | undefined;
}

export function toOf({ slack, email }: Addressed): string[] {
  return [...(slack === undefined ? [] : [slack.channel]), ...(email === undefined ? [] : [email.to].flat())];
}
