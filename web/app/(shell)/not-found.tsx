import { NothingThere } from '../../features/shell/no-page.tsx';

export const metadata = { title: 'Not found' };

/** Of a page that is in the shell already. */
export default function NotFound() {
  return <NothingThere />;
}
