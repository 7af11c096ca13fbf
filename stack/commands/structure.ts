import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { importProblems, parts } from '../structure-imports.ts';
import { isOurs, nameProblems } from '../structure-names.ts';

// `npm run structure`: who imports whom, and how files are called. Exit 1 with one line for each offence.
const root = join(import.meta.dirname, '../..');
const files = parts
  .filter((part) => existsSync(join(root, part)))
  .flatMap((part) => readdirSync(join(root, part), { withFileTypes: true, recursive: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .filter(isOurs);
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

const problems = [...nameProblems(files), ...importProblems(sources)];
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stderr.write(`structure: ${files.length} files, ${problems.length} problems\n`);
process.exitCode = problems.length === 0 && files.length > 0 ? 0 : 1;
