import { expect, test } from 'vitest';
import { createSendMessage } from './send-message.ts';

test.each(['169.254.169.254', '[::ffff:169.254.169.254]', '[fd00:ec2::254]', 'localhost'])(
  'a message is not sent to %s, unless whoever runs the server allows it',
  async (host) => {
    const send = createSendMessage({ PALVELLA_SLACK_URL: `http://${host}/latest` });
    const sent = send({ by: 'slack', channel: '#ops', message: 'x' });
    await expect(sent).rejects.toThrow('is not a public address');
  },
);
