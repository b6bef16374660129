const GROUPS = 8;
/** As the host's parser of addresses writes IPv6; a mapped IPv4 address has dots. */
const IPV6 = /^(?=.*:.*:)[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}$/i;

/**
 * An address as far as it says whose network it is: IPv4 whole, IPv6 its first 64 bits. The host keeps people's rights under
 * a 31-bit hash of role, user and address; whoever may choose the other 64 bits freely could choose them so that the hash is
 * somebody else's.
 */
export function networkOf(address: string): string {
  const plain = address.split('%')[0]!;
  if (!IPV6.test(plain)) return address;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const front = head ? head.split(':') : [];
  const back = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array.from({ length: GROUPS - front.length - back.length }, () => '0');
  const network = [...front, ...zeros, ...back].slice(0, GROUPS / 2).map((group) => parseInt(group, 16).toString(16));
  return network.every((group) => group === '0') ? plain : `${network.join(':')}::`;
}
