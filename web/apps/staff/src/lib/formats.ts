const made = new Map<string, Intl.DateTimeFormat>()

/** A format costs more to make than all that is ever written with it on one screen: each is made once. */
export function dateFormat(locale: string, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(style)}`
  const found = made.get(key) ?? new Intl.DateTimeFormat(locale, style)
  made.set(key, found)
  return found
}
