/** Draws public/icon-*.png from public/icon.svg with Chromium; run by hand when the mark changes. */
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium } from './lib/browser.mjs';
import { inProject } from './lib/project.mjs';

const mark = readFileSync(inProject('public/icon.svg'), 'utf8');
const executablePath = findChromium();
if (!executablePath) throw new Error('No Chromium found; set CHROMIUM_PATH.');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ colorScheme: 'light' });
for (const { name, size, square } of [
  { name: 'icon-192', size: 192, square: false },
  { name: 'icon-512', size: 512, square: false },
  // Launchers cut maskable icons to their own shape, so the field reaches the corners.
  { name: 'icon-maskable-512', size: 512, square: true },
]) {
  await page.setViewportSize({ width: size, height: size });
  const picture = square ? mark.replace(/ rx="[^"]*"/, '').replace('scale(.8)', 'scale(.6)') : mark;
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${picture}`);
  await page.screenshot({ path: inProject(`public/${name}.png`), omitBackground: true });
}
await browser.close();
