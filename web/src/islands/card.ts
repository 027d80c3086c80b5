//! Paying by card: loads the card processor's own script, which shows its fields and talks to it. What is typed there never
//! comes to this page or to the club.

/** As much of the processor's script as this page uses. */
type Element = { mount(place: HTMLElement): void };
type Outcome = { error?: { message?: string } | null; paymentIntent?: { status?: string } };
type Processor = {
  elements(): { create(kind: "card", options?: object): Element };
  confirmCardPayment(secret: string, data: { payment_method: { card: Element } }): Promise<Outcome>;
};
declare global {
  // eslint-disable-next-line no-var
  var Stripe: ((key: string) => Processor) | undefined;
}

/** Loads a script from where the operator named; the page's policy allows no other. */
function load(source: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(source)));
    document.head.append(script);
  });
}

/** Enhances the form. */
export function mount(form: HTMLFormElement): void {
  const { script = "", key = "", secret = "", done = "", wait = "", sorry = "" } = form.dataset;
  const problem = form.querySelector<HTMLElement>("[data-problem]");
  const place = form.querySelector<HTMLElement>("[data-fields]");
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const say = (text: string): void => {
    if (problem) problem.textContent = text;
  };
  const ready = load(script).then(() => {
    const processor = globalThis.Stripe?.(key);
    if (processor === undefined || place === null) throw new Error("no processor");
    const card = processor.elements().create("card");
    card.mount(place);
    return { processor, card };
  });
  ready.catch(() => say(sorry));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button) button.disabled = true;
    say(wait);
    void ready
      .then(({ processor, card }) => processor.confirmCardPayment(secret, { payment_method: { card } }))
      .then(({ error, paymentIntent }) => {
        // Somebody who did not agree at their bank may come back without an error.
        if (error || paymentIntent?.status === "requires_payment_method") throw new Error(error?.message ?? sorry);
        location.assign(done);
      })
      .catch((error: unknown) => {
        say(error instanceof Error && error.message ? error.message : sorry);
        if (button) button.disabled = false;
      });
  });
}
