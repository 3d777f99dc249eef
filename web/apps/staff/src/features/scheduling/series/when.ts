/** The clock on the clinic's wall, as `HH:MM`. */
export const clockIn = (timeZone: string, instant: string) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(Date.parse(instant))
