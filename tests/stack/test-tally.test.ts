import { expect, test } from 'vitest';
import { summaryLine, tally, type VitestReport } from '../../stack/test-tally.ts';

const clean: VitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
};

test('a clean run counts what passed', () => {
  expect(summaryLine(tally(clean, 0))).toBe('3 passed, 0 failed');
  expect(summaryLine(tally({ ...clean, numPendingTests: 1, numTodoTests: 1 }, 0))).toBe(
    '3 passed, 0 failed, 2 skipped',
  );
});

test('a file that cannot be loaded, an error outside every test and a missing report are failures', () => {
  const unloadable = { ...clean, testResults: [...clean.testResults, { status: 'failed', assertionResults: [] }] };
  expect(tally(unloadable, 1).failed).toBe(1);
  expect(tally(clean, 1).failed).toBe(1);
  expect(tally(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a failed test counts once', () => {
  const failed = {
    ...clean,
    numFailedTests: 1,
    testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }],
  };
  expect(tally(failed, 1).failed).toBe(1);
});
