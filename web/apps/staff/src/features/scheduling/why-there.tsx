import { Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { CircleHelp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { explanationQuery, type Sought } from './queries'
import { Reasons } from './why-not'

/** A board has a place for every minute that its keys reach. */
const STEP = 5

type ThereProps = { sought: Sought; at: string; onVisit: (id: string, date: string) => void }

/** Why nobody could be booked at the place that was clicked on: everybody's reasons. */
export default function WhyThere({ sought, at, onVisit }: ThereProps) {
  const t = useTranslations('openings')
  const clinic = useSlug()
  const [open, setOpen] = useState(false)
  const section = useRef<HTMLElement>(null)
  // The button that was pressed is gone: the keys of the dialog go on from here.
  useEffect(() => {
    if (open) section.current?.focus()
  }, [open])
  const why = useQuery({ ...explanationQuery(clinic, { ...sought, increment: STEP }, at), enabled: open })
  if (!open)
    return (
      <Button variant="outline" size="sm" className="mx-5 mt-2 self-start" onClick={() => setOpen(true)}>
        <CircleHelp aria-hidden /> {t('whyHere')}
      </Button>
    )
  return (
    <section
      ref={section}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
      tabIndex={0}
      aria-label={t('whyHere')}
      className="mx-5 mt-3 max-h-52 shrink-0 overflow-y-auto rounded-md border bg-surface px-3 py-2.5 text-foreground"
    >
      <Answer to={why} compact>
        {found => <Reasons found={found} onVisit={onVisit} />}
      </Answer>
    </section>
  )
}
