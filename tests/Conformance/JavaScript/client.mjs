// AWS's own clients, driven line by line: {operation, input} comes in, and what its deserializer made of the response goes out,
// with the body as it came beside it. Arguments: the folder with node_modules, and the endpoint.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [packages, endpoint] = process.argv.slice(2);
const load = createRequire(join(packages, 'package.json'));
let raw;
const apis = [['@aws-sdk/client-apprunner', 'AppRunnerClient'], ['@aws-sdk/client-cloudwatch-logs', 'CloudWatchLogsClient']].map(([name, type]) => {
  const sdk = load(name);
  const client = new sdk[type]({ endpoint, maxAttempts: 1 });

  // Innermost: before the deserializer takes the body.
  client.middlewareStack.add(next => async call => {
    const result = await next(call);
    const chunks = [];
    for await (const chunk of result.response.body) chunks.push(chunk);
    result.response.body = Buffer.concat(chunks);
    raw = result.response.body.toString('utf8');
    return result;
  }, { name: 'keepBody', step: 'deserialize', priority: 'low' });
  return { sdk, client };
});

// JSON has no dates, and a number must not pass for one.
function reportDates(key, value) {
  return this[key] instanceof Date ? { $date: this[key].getTime() / 1000 } : value;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { operation, input } = JSON.parse(line);
  const { sdk, client } = apis.find(({ sdk }) => sdk[operation + 'Command']);
  raw = undefined;
  let response;
  try {
    const { $metadata, ...output } = await client.send(new sdk[operation + 'Command'](input));
    response = { output, raw, status: $metadata.httpStatusCode, requestId: $metadata.requestId };
  } catch (error) {
    response = {
      raw,
      status: error.$metadata?.httpStatusCode,
      requestId: error.$metadata?.requestId,
      error: { name: error.name, message: error.message, fault: error.$fault, documented: !!sdk[error.name] && error instanceof sdk[error.name] },
    };
  }
  process.stdout.write(JSON.stringify(response, reportDates) + '\n');
}
