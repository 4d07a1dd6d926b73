import { NoPage } from '../features/shell/no-page.tsx';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return <NoPage />;
}
