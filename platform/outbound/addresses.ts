import { BlockList, isIP, isIPv6 } from 'node:net';
import { PalvellaError } from '../../core/errors.ts';

/** Not of the public Internet: this machine, private and shared networks, link-local (where clouds keep their metadata), and ways to write IPv4 in IPv6. */
const refusedNetworks = [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24',
  '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
  '::/127 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 fc00::/7 fe80::/10 fec0::/10 ff00::/8',
].flatMap((line) => line.split(' '));

export interface AddressRules {
  /** Hosts, in lower case, that may be at any address. */
  hosts: ReadonlySet<string>;
  networks: BlockList;
}

const refused = blockList(refusedNetworks);

/** Reads `PALVELLA_ALLOWED_ADDRESSES`: hosts, addresses and networks, with commas between. */
export function parseAllowed(text: string): AddressRules {
  const items = text
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');
  const isNetwork = (item: string) => isIP(item.split('/')[0] ?? '') !== 0;
  return { hosts: new Set(items.filter((item) => !isNetwork(item))), networks: blockList(items.filter(isNetwork)) };
}

/** Whether Actions may connect to this address, reached by this name. */
export function isAllowed(host: string, address: string, rules: AddressRules): boolean {
  const plain = unmapped(address);
  if (plain === undefined) return false;
  const family = isIPv6(plain) ? 'ipv6' : 'ipv4';
  return rules.hosts.has(host.toLowerCase()) || rules.networks.check(plain, family) || !refused.check(plain, family);
}

/** `::ffff:a.b.c.d` in any spelling as `a.b.c.d`; undefined where it is no address. */
function unmapped(address: string): string | undefined {
  const bare = address.split('%')[0] ?? '';
  if (!isIPv6(bare)) return isIP(bare) === 0 ? undefined : bare;
  const canonical = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const mapped = /^::(?:ffff:(?:0:)?)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (mapped === null) return canonical;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    const prefix = bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits);
    if (isIP(address) === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > (family === 'ipv6' ? 128 : 32)) {
      throw new PalvellaError('invalid_request', `${network} is not a network`, {
        remedy: 'Write networks in PALVELLA_ALLOWED_ADDRESSES as 10.1.0.0/16.',
      });
    }
    list.addSubnet(address, prefix, family);
  }
  return list;
}
