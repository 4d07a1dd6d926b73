/** At most and, where no word begins there, usually as many characters of a name's end are always shown. */
const longestEnd = 14;
const usualEnd = 12;

/**
 * A name in two parts, of which the first may be clipped. Jobs of one Pipeline often begin alike and differ at the end,
 * as `terraform-nonprod-plan` and `terraform-nonprod-apply` do. The second part is empty for a short name.
 */
export function nameParts(name: string): [string, string] {
  if (name.length <= longestEnd + 2) return [name, ''];
  const word = name.slice(-longestEnd - 1).search(/[-_][^-_]/);
  const end = word === -1 || word > longestEnd / 2 ? usualEnd : longestEnd - word;
  return [name.slice(0, -end), name.slice(-end)];
}
