/** Palvella's mark, in the text's colour. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1864ab" />
      <g fill="none" stroke="#fff" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M9 25V8h8a5 5 0 0 1 0 10H9" />
      </g>
      <circle cx="22.5" cy="24" r="2.4" fill="#fff" />
    </svg>
  );
}
