import { z } from 'zod';

/** The only thing that crosses rooms, processes and history. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export const Json: z.ZodType<Json> = z.json() as z.ZodType<Json>;
export type JsonObject = Record<string, Json>;
export const JsonObject: z.ZodType<JsonObject> = z.record(z.string(), Json);
