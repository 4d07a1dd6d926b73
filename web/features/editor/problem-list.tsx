'use client';
import { IconAlertCircle, IconCheck, IconDots } from '@tabler/icons-react';
import classes from './editor.module.css';
import { stepsOf, textOf } from './problem-place.ts';
import { useEditor } from './use-editor.ts';
import type { Problems } from './use-problems.ts';

/** What is wrong, each with a way to its place. */
export function ProblemList() {
  const { problems, refusal, select, isBroken } = useEditor();
  const { found, checked } = problems;
  const isBad = found.length > 0 || typeof checked === 'object';
  const Icon = isBad ? IconAlertCircle : checked === 'yes' ? IconCheck : IconDots;
  return (
    <section className={classes.problems} aria-label="Problems">
      <p className={classes.problemsHead} role="status">
        <Icon size={14} aria-hidden />
        {said(problems)}
        {isBroken ? <span className={classes.help}>Form and graph show the last text that could be read.</span> : null}
      </p>
      {refusal === null ? null : (
        <p className={classes.error} role="alert">
          {refusal}
        </p>
      )}
      {found.length === 0 ? null : (
        <ul className={classes.problemList}>
          {found.map((problem) => (
            <li key={`${problem.line}:${problem.column}:${problem.path}:${problem.message}`}>
              <button
                type="button"
                className={classes.problem}
                onClick={() => select(stepsOf(problem.path), 'problems')}
              >
                <span className={classes.line}>{problem.line}</span>
                <span>{textOf(problem)}</span>
                <span className={classes.where}>{problem.path}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function said({ found, checked }: Problems): string {
  const count = found.length === 1 ? '1 problem' : `${found.length} problems`;
  if (typeof checked === 'object') {
    return found.length === 0
      ? `Not checked: ${checked.failure}`
      : `${count}; the rest is not checked: ${checked.failure}`;
  }
  if (found.length > 0) return count;
  return checked === 'yes' ? 'No problems' : 'Checking…';
}
