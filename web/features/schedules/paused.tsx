import { StatusShape } from '../status/shape.tsx';
import classes from './schedules.module.css';

export function Paused() {
  return (
    <span className={classes.paused}>
      <StatusShape status="waiting" />
      Paused
    </span>
  );
}
