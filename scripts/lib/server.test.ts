import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileFor, freePort, listen, staticServer } from './server.mjs';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const top = mkdtempSync(join(tmpdir(), 'incumbent-serve-'));
const folder = join(top, 'dist');
const server = staticServer(folder);
const text = 'const answer = 42;\n'.repeat(200);
let port = 0;

/** A raw request: unlike fetch, it sends the path as it is. */
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((done, fail) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    })
      .on('error', fail)
      .end();
  });

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(folder, '.vite'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>x</title>');
  writeFileSync(join(folder, 'sw.js'), text);
  writeFileSync(join(folder, 'assets/app-1a2b.js'), text);
  writeFileSync(join(folder, 'assets/solve.wasm'), Buffer.alloc(8));
  writeFileSync(join(folder, 'assets/plex.woff2'), Buffer.alloc(4000));
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}');
  writeFileSync(join(folder, '.vite/manifest.json'), '{}');
  writeFileSync(join(top, 'secret.txt'), 'secret');
  mkdirSync(join(top, 'dist-other'));
  writeFileSync(join(top, 'dist-other/secret.txt'), 'secret');
  port = await listen(server, 0);
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(top, { recursive: true });
});

describe('static server', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/index.html?x=1', 'text/html; charset=utf-8', 'no-cache'],
    ['/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/manifest.webmanifest', 'application/manifest+json; charset=utf-8', 'no-cache'],
    ['/assets/app-1a2b.js', 'text/javascript; charset=utf-8', 'immutable'],
    ['/assets/solve.wasm', 'application/wasm', 'immutable'],
    ['/assets/plex.woff2', 'font/woff2', 'immutable'],
  ])('%s: type, caching, isolation, policy', async (path, type, caching) => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['cache-control']).toContain(caching);
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
    expect(headers['document-isolation-policy']).toBe('isolate-and-require-corp');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/]{43}=';/);
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).toContain("worker-src 'self' blob:;");
    expect(policy).toContain("frame-src 'none';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/../dist-other/secret.txt',
    '/.vite/manifest.json',
    '/%00',
    '/%E0%A4%A',
    '/assets',
    '/assets/',
    '/missing.js',
    '//secret.txt',
  ])('%s is not found, and says so with the same headers', async (path) => {
    const { status, headers, body } = await get(path);
    expect(status).toBe(404);
    expect(body.toString()).toBe('Not found.\n');
    expect(headers['content-security-policy']).toBeDefined();
  });

  test('no path leads out of the folder', () => {
    const piece = fc.constantFrom('..', '.', '/', '%2e', '%2f', '\\', '%5c', 'a', '%00', '?', '~');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = fileFor(folder, `/${pieces.join('')}`);
        expect(file === null || file.startsWith(`${folder}/`)).toBe(true);
      }),
    );
  });

  test('compresses text for those who take it, and only text', async () => {
    const zipped = await get('/assets/app-1a2b.js', { 'Accept-Encoding': 'br, gzip;q=0.8' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.headers.vary).toBe('Accept-Encoding');
    expect(gunzipSync(zipped.body).toString()).toBe(text);
    const plain = await get('/assets/app-1a2b.js', { 'Accept-Encoding': 'gzip;q=0' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body.toString()).toBe(text);
    const font = await get('/assets/plex.woff2', { 'Accept-Encoding': 'gzip' });
    expect(font.headers['content-encoding']).toBeUndefined();
  });

  test('a file that changes is served anew, also compressed', async () => {
    const path = join(folder, 'assets/changing.js');
    writeFileSync(path, text);
    await get('/assets/changing.js', { 'Accept-Encoding': 'gzip' });
    writeFileSync(path, `${text}//`);
    const { body } = await get('/assets/changing.js', { 'Accept-Encoding': 'gzip' });
    expect(gunzipSync(body).toString()).toBe(`${text}//`);
  });

  test('revalidates by entity tag', async () => {
    const { headers } = await get('/');
    const again = await get('/', { 'If-None-Match': String(headers.etag) });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect((await get('/', { 'If-None-Match': 'W/"other"' })).status).toBe(200);
  });

  test('HEAD has no body, other methods are refused', async () => {
    const head = await get('/', {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(0);
    const post = await get('/', {}, 'POST');
    expect(post.status).toBe(405);
    expect(post.headers.allow).toBe('GET, HEAD');
  });
});

describe('ports', () => {
  test('the next free one is taken, unless told not to', async () => {
    const second = staticServer(folder);
    const taken = await listen(second, port, 50);
    expect(taken).toBeGreaterThan(port);
    await new Promise((done) => second.close(done));
    await expect(listen(staticServer(folder), port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('a free port can be listened on', async () => {
    const third = staticServer(folder);
    const free = await freePort();
    expect(await listen(third, free)).toBe(free);
    await new Promise((done) => third.close(done));
  });
});
