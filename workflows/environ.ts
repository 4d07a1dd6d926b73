import { variableName } from '../core/variable-name.ts';

/** Variables that a setup gives to what follows on its Engine. */
export type Environ = Record<string, string>;

/** What the named output `environ` of a setup says; nothing where there is none. */
export function environOf({ environ }: Record<string, unknown>): { environ: Environ } | { fault: string } {
  if (environ === undefined) return { environ: {} };
  if (environ === null || typeof environ !== 'object' || Array.isArray(environ)) {
    return { fault: 'its output environ must be an object of variables, as {"NAME": "value"}.' };
  }
  const given: Environ = {};
  for (const [name, value] of Object.entries(environ)) {
    if (!variableName.test(name)) {
      return {
        fault: `its output environ has ${JSON.stringify(name)}, but a variable's name holds letters, digits and _.`,
      };
    }
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      return { fault: `its output environ.${name} must be text, a number, true or false.` };
    }
    given[name] = String(value);
  }
  return { environ: given };
}
