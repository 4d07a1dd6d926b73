import { z } from 'zod';

/** What is shown of a stored file without downloading it. */
export const FilePreview = z.object({
  /** `image`: one that `…/image` gives; `none`: neither text nor such an image. */
  kind: z.enum(['text', 'image', 'none']),
  /** The beginning, of a text. */
  text: z.string(),
  /** There is more of it. */
  isCut: z.boolean(),
});
export type FilePreview = z.infer<typeof FilePreview>;
