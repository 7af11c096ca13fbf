import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import { workflowBundle } from '../../activities/bundle.ts';

/**
 * Workflows that began under an older version go on under this one: every history that was ever recorded must replay.
 * `tests/histories/record.ts` makes them, once a version.
 */
const FOLDER = join(import.meta.dirname, '../histories');
const FILES = globSync('*/*.json', { cwd: FOLDER }).toSorted();

interface HistoryEvent {
  markerRecordedEventAttributes?: { details: { [name: string]: { payloads: { data: string }[] } } };
}

function read(file: string): { events: HistoryEvent[] } {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { events: HistoryEvent[] };
}

async function replay(history: unknown): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history);
}

test('there are histories of every kind of entity', () => {
  expect(FILES.length).toBeGreaterThan(0);
  const kinds = FILES.map((file) => /([a-z]+)-[^/]*$/.exec(file)?.[1]);
  expect(new Set(kinds)).toEqual(new Set(['evaluation', 'sheet', 'task']));
});

describe('recorded histories replay', () => {
  test.each(FILES)('%s', async (file) => {
    await expect(replay(read(file))).resolves.toBeUndefined();
  });
});

/** The negative control: without it a replay that checks nothing would pass, too. */
test('a history that this code would not have made is noticed: a record that was never asked for', async () => {
  const file = FILES.find((name) => name.endsWith('task-commands-at-once.json'));
  const history = read(file ?? '');
  const marker = history.events.find((event) => event.markerRecordedEventAttributes)?.markerRecordedEventAttributes;
  const details = marker?.details['data']?.payloads[0];
  if (details === undefined) throw new Error('no history records anything');
  const told = JSON.parse(Buffer.from(details.data, 'base64').toString('utf8')) as { activity_type: string };
  expect(told.activity_type).toBe('record');
  details.data = Buffer.from(JSON.stringify({ ...told, activity_type: 'somethingElse' })).toString('base64');
  await expect(replay(history)).rejects.toBeInstanceOf(DeterminismViolationError);
});
