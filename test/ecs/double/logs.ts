import { AwsError } from './aws-error.ts';

/** CloudWatch Logs, with what Docker's awslogs driver does to lines on their way there. */
export interface Logs {
  operations: Record<string, (input: never) => object>;
  hasGroup(name: string): boolean;
  /** Takes what a container prints; the function returned says that nothing follows. */
  driver(group: string, stream: string): { write(bytes: Buffer): void; end(): void };
  streams(): string[];
}

interface Event {
  timestamp: number;
  message: string;
  ingestionTime: number;
}

/** Docker hands longer lines on in pieces of this many bytes. */
const pieceBytes = 16 * 1024;
/** The driver sends what it has this often. */
const batchMs = 150;
const pageEvents = 10_000;
const pageBytes = 1024 * 1024;

export function createLogs(groups: readonly string[]): Logs {
  const all = new Map<string, Map<string, Event[]>>(groups.map((name) => [name, new Map()]));

  function groupOf(name = ''): Map<string, Event[]> {
    const found = all.get(name);
    if (found === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return found;
  }

  const operations = {
    GetLogEvents(input: { logGroupName?: string; logStreamName: string; nextToken?: string; startFromHead?: boolean }) {
      const events = groupOf(input.logGroupName).get(input.logStreamName);
      if (events === undefined) {
        throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
      }
      if (input.nextToken === undefined && input.startFromHead !== true) {
        throw new AwsError('InvalidParameterException', 'The double reads from the head only.');
      }
      const from = Number(input.nextToken?.slice(2) ?? 0);
      const page: Event[] = [];
      let bytes = 0;
      for (const event of events.slice(from, from + pageEvents)) {
        bytes += Buffer.byteLength(event.message) + 26;
        if (bytes > pageBytes) break;
        page.push(event);
      }
      return { events: page, nextForwardToken: `f/${from + page.length}`, nextBackwardToken: `b/${from}` };
    },
    DescribeLogStreams(input: { logGroupName?: string; logStreamNamePrefix?: string }) {
      const names = [...groupOf(input.logGroupName).keys()];
      const found = names.filter((name) => name.startsWith(input.logStreamNamePrefix ?? '')).slice(0, 50);
      return { logStreams: found.map((logStreamName) => ({ logStreamName, storedBytes: 0 })) };
    },
    DeleteLogStream(input: { logGroupName: string; logStreamName: string }) {
      if (!groupOf(input.logGroupName).delete(input.logStreamName)) {
        throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
      }
      return {};
    },
  };

  return {
    operations,
    hasGroup: (name) => all.has(name),
    driver(group, stream) {
      const events: Event[] = [];
      groupOf(group).set(stream, events);
      const waiting: Event[] = [];
      let rest = Buffer.alloc(0);
      const send = () => events.push(...waiting.splice(0).map((event) => ({ ...event, ingestionTime: Date.now() })));
      const timer = setInterval(send, batchMs);

      function line(bytes: Buffer): void {
        // The driver sends no empty lines, and nothing that is not UTF-8.
        if (bytes.length > 0) waiting.push({ timestamp: Date.now(), message: bytes.toString(), ingestionTime: 0 });
      }

      return {
        write(bytes) {
          rest = Buffer.concat([rest, bytes]);
          for (;;) {
            const end = rest.indexOf(10);
            if (end === -1 && rest.length < pieceBytes) return;
            const cut = end === -1 || end > pieceBytes ? pieceBytes : end;
            line(rest.subarray(0, cut));
            rest = rest.subarray(cut === end ? cut + 1 : cut);
          }
        },
        end() {
          clearInterval(timer);
          line(rest);
          setTimeout(send, batchMs);
        },
      };
    },
    streams: () => [...all.values()].flatMap((streams) => [...streams.keys()]),
  };
}
