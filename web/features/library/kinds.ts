/** Kinds of the library that have pages of their own beside those of Pipelines. */
export const libraryKinds = {
  Job: {
    path: '/jobs',
    many: 'Jobs',
    about: 'A Job of the library does one thing, and any Pipeline may call it. Save one with',
    example:
      'kind: Job\nname: build\nparams: [{ name: target, type: string }]\nactions:\n  - run: make "$TARGET"\n    environ: { TARGET: "${{ job.self.params.target }}" }',
  },
  Action: {
    path: '/actions',
    many: 'Actions',
    about: 'An Action of the library is one step under a name, which any Job may use. Save one with',
    example:
      'kind: Action\nname: announce\nparams: [{ name: text, type: string }]\nrun: echo "$TEXT"\nenviron: { TEXT: "${{ job.self.params.text }}" }',
  },
  Engine: {
    path: '/engines',
    many: 'Engines',
    about: 'An Engine is where Jobs run: a type with settings under a name. Save one with',
    example: 'kind: Engine\nname: build-box\ntype: docker\nimage: debian:bookworm',
  },
} as const;

export type LibraryKind = keyof typeof libraryKinds;

export function isLibraryKind(kind: string): kind is LibraryKind {
  return Object.hasOwn(libraryKinds, kind);
}
