const catchAll = /^(utils?|helpers?|common|misc|shared|lib)$/;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const madeByTools = /(^|\/)(dist|dist\.new|node_modules|generated|migrations|corpus|histories)\//;

/** A source file that people write, as against what tools make. */
export function isOurs(file: string): boolean {
  return /\.tsx?$/.test(file) && !madeByTools.test(file);
}

/** Files whose names say nothing of their subject, break the naming rule, or only pass on what others export. */
export function nameProblems(files: readonly string[]): string[] {
  return files.filter(isOurs).flatMap((file) => {
    const segments = file.replace(/(\.test|\.d|\.config)?\.tsx?$/, '').split('/');
    const vague = segments.filter((segment) => catchAll.test(segment));
    const crooked = segments.filter((segment) => !kebab.test(segment));
    return [
      ...vague.map((segment) => `${file}: the name "${segment}" says nothing of its subject`),
      ...crooked.map((segment) => `${file}: "${segment}" is not kebab-case`),
      ...(segments.at(-1) === 'index' && file !== 'workflows/index.ts' ? [`${file}: no barrels`] : []),
    ];
  });
}
