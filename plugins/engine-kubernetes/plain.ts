import type { V1Container, V1Pod, V1PodSpec, V1SecurityContext, V1Toleration } from '@kubernetes/client-node';

/** The client library's types are classes; what is sent is plain JSON of their shape. */
type Plain<T> = T extends Date | string
  ? T
  : T extends (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Key in keyof T]: Plain<T[Key]> }
      : T;

export type Pod = Plain<V1Pod>;
export type PodSpec = Plain<V1PodSpec>;
export type Container = Plain<V1Container>;
export type SecurityContext = Plain<V1SecurityContext>;
export type Toleration = Plain<V1Toleration>;
