import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';

// No container engine where the tests run: this holds the file to what can be told without one.

type Service = {
  image: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  ports?: string[];
  volumes?: string[];
};

const root = join(import.meta.dirname, '../..');
let text: string;
let services: Record<string, Service>;
let volumes: Record<string, unknown>;
beforeAll(() => {
  text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  ({ services, volumes } = parse(text, { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  });
});

test('every part of the real deployment is there, each image at a fixed version', () => {
  expect(Object.keys(services).sort()).toEqual(
    ['api', 'postgres', 'temporal', 'temporal-namespace', 'temporal-store', 'temporal-ui', 'worker'].sort(),
  );
  for (const service of Object.values(services)) expect(service.image).toMatch(/:\d+[\w.-]*$/);
});

test('what a service waits for exists, and so do the files and volumes that it mounts', () => {
  for (const service of Object.values(services)) {
    expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(service.depends_on ?? {})));
    for (const mounted of service.volumes ?? []) {
      const [source = ''] = mounted.split(':');
      expect(source.startsWith('.') ? existsSync(join(root, source)) : source in volumes).toBe(true);
    }
  }
  const scripts = Object.values(services).flatMap((service) => service.entrypoint?.slice(-1) ?? []);
  expect(scripts.filter((script) => existsSync(join(root, 'stack', script)))).toEqual(scripts);
});

test('API and worker run one role each and share database, Temporal server and key', () => {
  expect(services['api']?.command).toEqual(['--role', 'api']);
  expect(services['worker']?.command).toEqual(['--role', 'worker']);
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'BIHUAN_KEY']) {
    const value = services['worker']?.environment?.[name];
    expect(value).toBeTruthy();
    expect(services['api']?.environment?.[name]).toBe(value);
  }
});

test('no password has a default, and nothing listens beyond this host', () => {
  expect(text.match(/\$\{[A-Z_]*(PASSWORD|KEY):-[^}]+\}/)).toBeNull();
  for (const service of Object.values(services)) {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  }
});

test('the image starts the same program, on the Node that the tests ran on', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  expect(dockerfile).toContain('ENTRYPOINT ["node", "stack/serve.ts"]');
  expect(existsSync(join(root, 'stack/serve.ts'))).toBe(true);
  const versions = [...dockerfile.matchAll(/^FROM node:([\d.]+)/gm)].map((match) => match[1]);
  expect(new Set(versions)).toEqual(new Set([process.versions.node]));
});
