import { absolute, type Measure } from '../figure.ts';

/** Start of the command to ready, with everything built before. */
const measure: Measure = async ({ server }) => [
  absolute('ready after palvella start', 's', server.readySeconds, 'at most', 6),
];
export default measure;
