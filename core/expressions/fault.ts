/** What an expression itself did wrong, as reading a name that is not there. `&&` and `||` may absorb it. */
export class Fault extends Error {}

/** A bound was passed; nothing absorbs it. */
export class TooCostly extends Error {}

/** Counts what one evaluation costs, so that none takes long whatever the data. */
export class Meter {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooCostly('it takes too many steps; make it do less, or do it in a run Action');
  }

  text(length: number, longest: number): void {
    if (length > longest) throw new TooCostly(`it makes a text of more than ${longest} characters`);
    this.spend(length >> 4);
  }
}
