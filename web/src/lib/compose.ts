//! The box in which one writes in a conversation.

/** Sends what is written, without leaving the page: Enter sends where there is a keyboard, Shift and Enter makes a line. What was not
 * sent stands in the box again, and `refused` says why. */
export function composes(form: HTMLFormElement, send: (text: string) => Promise<unknown>, refused: (box: HTMLTextAreaElement, error: unknown) => void): void {
  const box = form.querySelector("textarea")!;
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value;
    if (text.trim() === "") return;
    box.value = "";
    box.dispatchEvent(new Event("input"));
    send(text).catch((error: unknown) => {
      box.value = box.value === "" ? text : `${text}\n${box.value}`;
      refused(box, error);
    });
  });
}
