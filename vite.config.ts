import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { isolationHeaders, securityHeaders } from './scripts/lib/headers.mjs';
import { offline, stamp } from './scripts/vite/offline.mjs';

/** HiGHS asks for Node's module loader on a branch that browsers never take. */
const nodeBranch = (): Plugin => ({
  name: 'incumbent-node-branch',
  enforce: 'pre',
  apply: 'build',
  resolveId: (id) => (id === 'node:module' ? '\0no-node-module' : null),
  load: (id) => (id === '\0no-node-module' ? 'export {};' : null),
});

/**
 * Monaco's languages bring all of its features along with the maker of their workers. Those would
 * come after the first editor, when it is too late for their services: the second editor would fail
 * over them. What is wanted is imported by name.
 */
const languagesAlone = (): Plugin => ({
  name: 'incumbent-languages-alone',
  apply: 'build',
  transform: {
    filter: { id: /monaco-editor\/esm\/vs\/internal\/common\/workers\.js$/ },
    handler: (code) => code.replace(/^import '[^']*';\n/gm, ''),
  },
});

export default defineConfig({
  // Relative, so that the build runs from any folder of a static host.
  base: './',
  plugins: [react(), nodeBranch(), languagesAlone(), offline(), stamp()],
  worker: { format: 'es', plugins: () => [nodeBranch()] },
  build: {
    target: ['chrome123', 'edge123', 'firefox125', 'safari17.5'],
    manifest: true,
    sourcemap: false,
    // Data addresses would bloat the first load and weaken the content policy.
    assetsInlineLimit: 0,
    // Monaco is large by nature and loaded on demand; scripts/size.mjs guards what matters.
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      output: {
        // React changes seldom: its own chunk stays cached across versions.
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// }],
        },
      },
    },
  },
  // The workers' packages too, so that the first run in development does not reload the page.
  optimizeDeps: { entries: ['index.html', 'workers/*.worker.ts', 'workers/solvers/*/index.ts'] },
  // Development needs inline scripts for hot reloading, so only isolation, not the full policy.
  server: { headers: isolationHeaders },
  preview: { headers: securityHeaders },
});
