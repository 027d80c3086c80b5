//! Pages fade into one another where the browser can; a fade that is cut short is no error worth a line in the console.

interface Transition {
  ready: Promise<void>;
  finished: Promise<void>;
}

/** Listens once for the whole page. */
export function transitions(): void {
  for (const moment of ["pageswap", "pagereveal"]) {
    addEventListener(moment, (event) => {
      const { viewTransition } = event as Event & { viewTransition?: Transition | null };
      viewTransition?.ready.catch(() => undefined);
      viewTransition?.finished.catch(() => undefined);
    });
  }
}
