// Before anything is painted, so that nobody who prefers the dark is dazzled first. The app (lib/preferences.ts) does the same
// again when it is there. A file of its own, because the page's policy allows no script inside it.
try {
  const { theme, density, size } = JSON.parse(localStorage.getItem('chairside.preferences') ?? '{}')
  const root = document.documentElement
  root.classList.toggle('dark', theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches))
  root.dataset.density = density ?? 'comfortable'
  root.dataset.size = size ?? 'normal'
} catch {
  // What is kept there is not ours; the app begins with what is usual.
}
