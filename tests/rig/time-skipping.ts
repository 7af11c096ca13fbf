import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { searchAttributes } from '../../stack/search-attributes.ts';
import { findTimeSkippingServer } from '../../stack/temporal-binaries.ts';

/**
 * A Temporal server that skips time, for one test file: `env.client`, `env.nativeConnection`, `env.sleep()`; end it
 * with `env.teardown()`. Its clock is one for all its workflows, so the tests of the file run one after another and the
 * file shares it with nobody. It has no schedules and loses search attributes at continue-as-new: such tests belong on
 * the run's development server. The SDK would download the server itself; ours comes by pip, pinned by hash.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = await findTimeSkippingServer((line) => process.stderr.write(`${line}\n`));
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  // A start with an unknown attribute leaves a workflow here that exists and never runs.
  const known = Object.keys(searchAttributes).map((name) => [
    name,
    temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  ]);
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    searchAttributes: Object.fromEntries(known) as Record<string, number>,
  });
  return env;
}
