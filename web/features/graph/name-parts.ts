/** As many characters of a name's end are always shown. */
const tail = 12;

/**
 * A name in two parts, of which the first may be clipped. Jobs of one Pipeline often begin alike and differ at the end,
 * as `terraform-nonprod-plan` and `terraform-nonprod-apply` do. The second part is empty for a short name.
 */
export function nameParts(name: string): [string, string] {
  return name.length <= tail + 4 ? [name, ''] : [name.slice(0, -tail), name.slice(-tail)];
}
