/** "berlin52" from "data/berlin52.tsp"; 'Untitled' when nothing is left. */
export function baseName(fileName: string): string {
  const last = fileName.split(/[\\/]/).pop() ?? '';
  return last.replace(/\.[A-Za-z0-9]{1,8}$/, '') || 'Untitled';
}
