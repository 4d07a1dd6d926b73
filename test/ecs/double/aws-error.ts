/** An answer that is no success, as AWS gives it. */
export class AwsError extends Error {
  readonly type: string;
  readonly status: number;
  readonly more: object;

  constructor(type: string, message: string, more: { status?: number } & Record<string, unknown> = {}) {
    super(message);
    const { status = 400, ...rest } = more;
    this.type = type;
    this.status = status;
    this.more = rest;
  }
}
