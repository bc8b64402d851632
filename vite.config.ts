import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { isolationHeaders, securityHeaders } from './scripts/lib/headers.mjs';
import { offline, stamp } from './scripts/vite/offline.mjs';

export default defineConfig({
  // Relative, so that the build runs from any folder of a static host.
  base: './',
  plugins: [react(), offline(), stamp()],
  worker: { format: 'es' },
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
  // Development needs inline scripts for hot reloading, so only isolation, not the full policy.
  server: { headers: isolationHeaders },
  preview: { headers: securityHeaders },
});
