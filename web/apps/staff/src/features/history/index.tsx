import { needWords } from '@chairside/i18n'
import { cn } from '@chairside/ui'
import { type ComponentProps, lazy, Suspense } from 'react'
import { useMay } from '@/lib/clinic'

/** With its words, right after the screen on which it stands: no first paint waits for it. */
const Alerts = lazy(async () => {
  const [{ Alerts }] = await Promise.all([import('./alerts'), needWords('alerts')])
  return { default: Alerts }
})
type AlertsProps = ComponentProps<typeof Alerts>

/** What nobody who treats the patient may miss, on every screen of theirs; nothing for whoever may not see it. */
export function AlertBanner(props: AlertsProps) {
  return useMay('history.read') ? (
    <Suspense fallback={<div className={cn('min-h-7', props.className)} />}>
      <Alerts {...props} />
    </Suspense>
  ) : null
}
