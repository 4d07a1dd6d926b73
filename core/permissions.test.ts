import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowed, type Identity, type PermissionMethod, permissionMethods } from './permissions.ts';

const methods = Object.keys(permissionMethods) as PermissionMethod[];
const reading = ['definitionRead', 'runRead', 'logRead', 'fileRead', 'approvalDecide', 'workerRead'];
const role = fc.oneof(fc.constantFrom('administrator', 'Administrator', 'admin', '', '*'), fc.string());
const identity: fc.Arbitrary<Identity> = fc.record({
  name: fc.string(),
  kind: fc.constantFrom('person', 'token', 'worker'),
  roles: fc.array(role, { maxLength: 4 }),
});

test('each right belongs to Workers or to people, and of people without the role administrator only to readers', () => {
  fc.assert(
    fc.property(identity, fc.constantFrom(...methods), (who, method) => {
      const isWorkers = method === 'workerServe' || method === 'credentialRead';
      if (who.kind === 'worker') return allowed(who, method) === isWorkers;
      return allowed(who, method) === (who.roles.includes('administrator') || reading.includes(method));
    }),
    { numRuns: 2000 },
  );
});

test('a right that somebody adds is the administrator’s alone until the table says otherwise', () => {
  const reader: Identity = { name: 'token/x', kind: 'token', roles: ['reader'] };
  expect(methods.filter((method) => allowed(reader, method))).toEqual(reading);
});
