import { z } from 'zod';
import { variableName } from '../variable-name.ts';

/** Settings that several Engines and Actions have, so that the same is written the same way in all. */

const EnvironName = z.string().regex(variableName, 'a variable’s name holds letters, digits and _');

export const Environ = z.record(EnvironName, z.union([z.string(), z.number(), z.boolean()]));

export const Shell = z.array(z.string().min(1)).min(1).max(32);

export const Image = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/, 'an image is written as debian:bookworm or registry.example/team/tool:1');

export const shellText = 'The shell and its arguments, before the command; sh -e -c when absent';
export const environText = 'Environment variables of every command';
