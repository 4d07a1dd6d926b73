export { createLocalEngine as create } from '../../plugins/engine-local/engine.ts';
