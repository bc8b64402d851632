/** Checks the import boundaries of all sources: `file:line: message`, exit code 1 if any. */
import { readFileSync } from 'node:fs';
import { violationsIn } from './lib/boundaries.mjs';
import { filesUnder } from './lib/files.mjs';
import { inProject } from './lib/project.mjs';

const files = ['src', 'workers']
  .flatMap((folder) => filesUnder(inProject(folder)).map((file) => `${folder}/${file}`))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.as.ts'));
const violations = files.flatMap((file) =>
  violationsIn(file, readFileSync(inProject(file), 'utf8')),
);
for (const { file, line, message } of violations) {
  process.stderr.write(`${file}:${line}: ${message}\n`);
}
process.stdout.write(`${files.length} files, ${violations.length} boundary violations.\n`);
process.exit(violations.length > 0 ? 1 : 0);
