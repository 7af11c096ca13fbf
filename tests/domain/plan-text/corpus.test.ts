import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../domain/plan-text/read-plan.ts';
import { addScores, figures, scorePlan, shortfalls } from './corpus-score.ts';
import type { Expected, Score } from './corpus-score.ts';

const FOLDER = new URL('./corpus/', import.meta.url);
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -4))
  .sort();

function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(new URL(`${name}.expected.json`, FOLDER), 'utf8')) as Expected;
}

function readingOf(name: string): ReturnType<typeof readPlan> {
  return readPlan({ text: readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8') });
}

const PLANS = NAMES.filter((name) => expectedOf(name).refused !== true);
const OTHERS = NAMES.filter((name) => expectedOf(name).refused === true);

function scoreOf(name: string): Score {
  return scorePlan(name, expectedOf(name), readingOf(name));
}

// The labels were written by hand before the reader existed (issue 3: plans of other cities, in the forms of DOMAIN 2).
describe('the labelled corpus of plans', () => {
  it('is large enough to mean something', () => {
    expect(PLANS.length).toBeGreaterThanOrEqual(30);
    expect(OTHERS.length).toBeGreaterThanOrEqual(4);
  });

  it('is read as issue 3 demands over all documents', () => {
    const total = addScores(PLANS.map((name) => scoreOf(name)));
    process.stderr.write(`\n${total.failures.map((failure) => `  ${failure}\n`).join('')}corpus: ${figures(total)}\n`);
    expect(shortfalls(total)).toEqual([]);
  });

  it.each(PLANS)('%s alone', (name) => {
    expect(shortfalls(scoreOf(name))).toEqual([]);
  });

  it.each(OTHERS)('%s is no plan and gives no task', (name) => {
    const reading = readingOf(name);
    expect(reading.tasks).toEqual([]);
    expect(reading.problems.map((problem) => problem.code)).toContain('no-annotation');
  });
});
