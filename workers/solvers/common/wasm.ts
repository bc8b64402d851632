/** WebAssembly kernels: the generated `*.wasm.ts` modules hold their code as base64. */

/** What every kernel exports besides its functions. */
export interface KernelExports {
  readonly memory: KernelMemory;
}

export type KernelMemory = Pick<WebAssembly.Memory, 'buffer' | 'grow'>;

/** Compiles synchronously (about 1 ms for 10 kB); a worker does it once, when it loads. */
export function compile(base64: string): WebAssembly.Module {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return new WebAssembly.Module(bytes);
}

/**
 * An instance with memory of its own: one for each run, so that runs never share state.
 * `Exports` must name the kernel's exported functions; WebAssembly cannot check it.
 */
export function instantiate<Exports extends KernelExports>(module: WebAssembly.Module): Exports {
  const abort = (): never => {
    throw new Error('The kernel stopped.');
  };
  return new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as Exports;
}

const PAGE = 65_536;

/**
 * Adds `bytes` zero bytes to a kernel's memory, in whole pages. Views made before are detached, so
 * reserve all that a run needs in one call.
 * @returns address of the first new byte, a multiple of 65 536.
 * @throws RangeError when the memory cannot grow that far.
 */
export const reserve = (memory: KernelMemory, bytes: number): number =>
  PAGE * memory.grow(Math.ceil(bytes / PAGE));
