import { expect, test } from 'vitest';
import type { ProblemDetails } from '../../../core/api/objects.ts';
import { problemWith } from '../../../core/errors.ts';
import { ApiError, errorText, refusalTexts } from './error.ts';

function refused(detail: string, problems: ProblemDetails['problems']): ApiError {
  return new ApiError(400, detail, { status: 400, code: 'invalid_request', detail, problems } as ProblemDetails);
}

test('what is wrong with a field is told without its place in the request', () => {
  const detail = 'body.to: a name begins with a letter; body.version: Too small';
  const error = refused(detail, [
    problemWith('to', 'body.to: a name begins with a letter'),
    problemWith('version', 'body.version: Too small'),
  ]);
  expect(errorText(error)).toBe('a name begins with a letter; Too small');
  expect(refusalTexts(error)).toEqual(['a name begins with a letter', 'Too small']);
  expect(error.problem?.problems?.[0]?.path).toBe('to');
});

test('what says the same twice is told once, and what is no place stays', () => {
  const error = refused('Two things are wrong, so nothing was saved.', [
    problemWith('name', 'a name begins with a letter'),
    problemWith('secret.from_credential', 'a name begins with a letter'),
    problemWith('', 'nobody: is a word here'),
  ]);
  expect(errorText(error)).toBe('Two things are wrong, so nothing was saved.');
  expect(refusalTexts(error)).toEqual(['a name begins with a letter', 'nobody: is a word here']);
});
