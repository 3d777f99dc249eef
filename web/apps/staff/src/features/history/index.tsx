import { useCommands } from '@chairside/commands'
import { needWords } from '@chairside/i18n'
import { cn } from '@chairside/ui'
import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { useMay } from '@/lib/clinic'

/** With its words, right after the screen on which it stands: no first paint waits for it. */
const Alerts = lazy(async () => {
  const [{ Alerts }] = await Promise.all([import('./alerts'), needWords('alerts')])
  return { default: Alerts }
})
type AlertsProps = Omit<ComponentProps<typeof Alerts>, 'atOnce'>

/** What nobody who treats the patient may miss, on every screen of theirs; nothing for whoever may not see it. */
export function AlertBanner(props: AlertsProps) {
  const [wanted, want] = useState(false)
  return useMay('history.read') ? (
    <Suspense fallback={<NotYet {...props} onRecord={() => want(true)} />}>
      <Alerts {...props} atOnce={wanted} />
    </Suspense>
  ) : null
}

/** Their place, and the key that is theirs: whoever presses it before they have come is not left without. */
function NotYet({ patient, className, onRecord }: AlertsProps & { onRecord: () => void }) {
  const mayWrite = useMay('history.write') && !patient.archived_at
  useCommands(mayWrite ? [{ id: 'record-allergy', group: '', label: '', unlisted: true, run: onRecord }] : [])
  return <div className={cn('min-h-7', className)} />
}
