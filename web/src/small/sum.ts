//! How much of what there is a ballot gives away, kept as it is filled in. Without this it says what was cast.

/** What an answer takes of what there is. */
const TAKES: { [kind: string]: (value: number, cost: number) => number } = {
  dots: (value) => value,
  credits: (value) => value * value,
  costs: (value, cost) => (value > 0 ? cost : 0),
};

/** Keeps the sum of a ballot. */
export function sum(output: HTMLOutputElement): void {
  const { form } = output;
  const takes = TAKES[output.dataset["sum"] ?? ""];
  if (form === null || takes === undefined) return;
  const costs = (output.dataset["costs"] ?? "").split(",").map(Number);
  const update = (): void => {
    let given = 0;
    for (const [name, value] of new FormData(form)) {
      const option = /^option-(\d+)$/.exec(name)?.[1];
      const number = Number(value);
      if (option !== undefined && Number.isSafeInteger(number)) given += takes(number, costs[Number(option)] ?? 0);
    }
    output.value = (output.dataset["words"] ?? "").replace("#", String(given));
    output.toggleAttribute("data-over", given > Number(output.dataset["most"]));
  };
  form.addEventListener("input", update);
  update();
}
