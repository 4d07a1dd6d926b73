'use client';
import { useAddressParam } from '../lists/address.ts';
import { CompareVersions } from './compare-versions.tsx';
import { readRange } from './range.ts';
import { VersionList } from './version-list.tsx';
import { VersionView } from './version-view.tsx';

/** What the address names: two versions side by side, one, or all. */
export function Versions({ kind, name }: { kind: string; name: string }) {
  const [compare] = useAddressParam('compare');
  const [version] = useAddressParam('version');
  const range = readRange(compare);
  if (range !== undefined) return <CompareVersions kind={kind} name={name} {...range} />;
  if (/^[1-9]\d{0,8}$/.test(version)) return <VersionView kind={kind} name={name} version={Number(version)} />;
  return <VersionList kind={kind} name={name} />;
}
