/** The brand mark: the incumbent stepping down to the proven bound. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path d="M2 4h5v3h4v4h3v3h4" stroke="var(--accent)" strokeWidth="2.4" />
      <path d="M2 17h16" stroke="var(--bound)" strokeWidth="1.6" strokeDasharray="2 2" />
    </svg>
  );
}
