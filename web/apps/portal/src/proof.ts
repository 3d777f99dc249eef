/** That this browser has proved a number at a clinic is remembered here, and says nothing of which. A browser that keeps nothing
 * (in somebody's frame, or in private) is asked again. */
const keyOf = (slug: string) => `proof of ${slug}`

export function proofOf(slug: string): string | null {
  try {
    return localStorage.getItem(keyOf(slug))
  } catch {
    return null
  }
}

export function keepProof(slug: string, token: string) {
  try {
    localStorage.setItem(keyOf(slug), token)
  } catch {
    return
  }
}
