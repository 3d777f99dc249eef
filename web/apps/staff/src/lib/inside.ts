/** Only an address of a clinic in this app: never `//elsewhere` or another scheme. */
export const inside = (next: unknown) => (typeof next === 'string' && /^\/c\/[^/\\]/.test(next) ? next : undefined)
