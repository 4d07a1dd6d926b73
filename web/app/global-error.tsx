'use client';

/** The frame itself broke: nothing of it can be used here. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', padding: 32 }}>
        <title>Palvella</title>
        <h1>This page broke</h1>
        <p>Reload it. If it breaks again, the server's log says why.</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
