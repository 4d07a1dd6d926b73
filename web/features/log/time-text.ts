const two = (value: number) => String(value).padStart(2, '0');

/** `10:44:02.113`, in the reader's time zone. */
export function timeText(ms: number): string {
  const at = new Date(ms);
  const millis = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${millis}`;
}
