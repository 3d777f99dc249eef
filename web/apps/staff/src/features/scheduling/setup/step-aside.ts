/** The row of this button is about to go: the focus goes on to the button of a row beside it, or else to what stands after them. */
export function stepAside(button: HTMLElement, after: HTMLElement | null | undefined) {
  const row = button.closest('li')
  const beside = row?.nextElementSibling?.querySelector('button') ?? row?.previousElementSibling?.querySelector('button')
  ;(beside ?? after)?.focus()
}
