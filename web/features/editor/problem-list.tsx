'use client';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import classes from './editor.module.css';
import { stepsOf, textOf } from './problem-place.ts';
import { useEditor } from './use-editor.ts';

/** What is wrong, each with a way to its place. */
export function ProblemList() {
  const { problems, refusal, select, isBroken } = useEditor();
  const { found } = problems;
  return (
    <section className={classes.problems} aria-label="Problems">
      <p className={classes.problemsHead} role="status">
        {found.length === 0 ? <IconCheck size={14} aria-hidden /> : <IconAlertCircle size={14} aria-hidden />}
        {found.length === 0 ? 'No problems' : found.length === 1 ? '1 problem' : `${found.length} problems`}
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
