import { z } from 'zod';

const segment = /^[A-Za-z0-9_.-]{1,255}$/;

/** Segments of `[A-Za-z0-9_.-]+` joined by `/`, never `.` or `..`, at most 1,024 characters. */
export function isStoreKey(key: string): boolean {
  return key.length <= 1024 && key.split('/').every((part) => segment.test(part) && part !== '.' && part !== '..');
}

/** Checked when a file is saved and again after templating. */
export const StoreKey = z
  .string()
  .refine(isStoreKey, 'a store key is segments of letters, digits, _ . and - joined by /, none of them . or ..');
