/** A portfolio thread: makes TypeScript importable, then runs `node-thread.ts`. */
import { register } from 'tsx/esm/api';

register();
await import('./node-thread.ts');
