import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { Json } from '../../core/json.ts';

export const manifest = {
  category: 'action',
  id: 'http',
  title: 'HTTP request',
  description: 'Makes an HTTP request and gives its answer as output',
  place: 'native',
  short: 'url',
  input: z.object({
    url: z.string().min(1).max(8192).describe('Address, http:// or https://'),
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET').describe('HTTP method'),
    headers: z.record(z.string(), z.string()).optional().describe('Request headers'),
    body: Json.optional().describe('Text is sent as it is, anything else as JSON'),
    expect_status: z
      .array(z.int().min(100).max(599))
      .min(1)
      .optional()
      .describe('Statuses of the answer that count as success; 200 to 299 when absent'),
  }),
  example: 'http: { url: https://example.com/hook, method: POST, body: { text: done } }',
} satisfies ActionManifest;
