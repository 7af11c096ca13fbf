import { expect, test } from 'vitest';
import { readStartArguments } from '../../stack/arguments.ts';

test('without arguments: port 3000 and .bihuan where npm was called', () => {
  expect(readStartArguments([], '/clone')).toEqual({
    help: false,
    dataDir: '/clone/.bihuan',
    port: 3000,
    plans: [],
    goLive: undefined,
    sample: false,
    pages: true,
  });
});

test('relative files count from where npm was called, absolute ones stay', () => {
  const read = readStartArguments(
    ['--plan', '../shared/plan.txt', '--plan=/other.docx', '--data', 'd', '--port', '0', '--go-live', '2024-06-04'],
    '/clone/sub',
  );
  expect(read).toMatchObject({
    plans: ['/clone/shared/plan.txt', '/other.docx'],
    dataDir: '/clone/sub/d',
    port: 0,
    goLive: '2024-06-04',
  });
});

test.each([
  [['--prot', '1'], '--prot'],
  [['--port', 'abc'], 'abc'],
  [['--port', '70000'], '70000'],
  [['--plan', 'x', '--go-live', '2024-02-30'], '2024-02-30'],
  [['--go-live', '2024-06-04'], '--plan'],
  [['plan.txt'], 'plan.txt'],
  [['--plan'], '--plan'],
])('%j is refused with one line that names it', (args, named) => {
  let message = '';
  try {
    readStartArguments(args, '/clone');
  } catch (error) {
    message = error instanceof Error ? error.message : '';
  }
  expect(message).toContain(named);
  expect(message).not.toContain('\n');
});
