import { PalvellaError } from '../../core/errors.ts';

const passing: ReadonlySet<string> = new Set([
  'ServerException',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'ServiceUnavailableException',
  'InternalFailure',
  'LimitExceededException',
  'OperationAbortedException',
]);
const credentials: Readonly<Record<string, string>> = {
  ExpiredTokenException: 'have expired',
  ExpiredToken: 'have expired',
  UnrecognizedClientException: 'are not known to AWS',
  InvalidClientTokenId: 'are not known to AWS',
  InvalidSignatureException: 'are wrong',
  SignatureDoesNotMatch: 'are wrong',
  IncompleteSignature: 'are wrong',
  CredentialsProviderError: 'cannot be found',
  TokenProviderError: 'cannot be found',
};

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** What a call to AWS threw, as a sentence and with whether trying again can help. `about`: the cluster and its region. */
export function toFailure(error: unknown, about: { cluster?: string; region: string }): unknown {
  if (error instanceof PalvellaError || !(error instanceof Error) || error.name === 'AbortError') return error;
  const { name, message } = error;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  const refused = (text: string, remedy?: string) =>
    new PalvellaError('engine_refused', text, { cause: error, ...(remedy !== undefined && { remedy }) });
  const why = credentials[name];
  if (why !== undefined) {
    return refused(`the Worker’s AWS credentials ${why}: ${message}`, 'Give the Worker others, or a role.');
  }
  if (name === 'AccessDeniedException') {
    return refused(
      `AWS does not allow it: ${message}`,
      'What the Worker must be allowed to do stands in the Engine’s page.',
    );
  }
  if (name === 'ClusterNotFoundException') {
    return refused(`there is no cluster ${about.cluster ?? ''} in ${about.region}`, 'Look at cluster and region.');
  }
  if (isCapacity(message) || passing.has(name) || (status !== undefined && status >= 500)) {
    return new PalvellaError('engine_failed', `AWS cannot do it now: ${message}`, { cause: error });
  }
  if (status === undefined) {
    return new PalvellaError('engine_failed', `AWS in ${about.region} cannot be reached: ${message || name}`, {
      cause: error,
    });
  }
  if (/task ?definition/i.test(message)) return refused(`ECS does not take the task definition: ${message}`);
  return refused(`AWS says: ${message}`);
}

/** What ECS says where it would take the task, had it the machines. */
export function isCapacity(text: string): boolean {
  return /capacity is unavailable|no container instances were found|insufficient capacity/i.test(text);
}
