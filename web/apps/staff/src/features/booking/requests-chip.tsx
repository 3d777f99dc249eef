import { buttonVariants, cn } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { requestsQuery } from './queries'

/** Above the day: that somebody waits for an answer. Nothing where nobody does. */
export function RequestsChip() {
  const t = useTranslations('schedule')
  const clinic = useSlug()
  const count = useQuery(requestsQuery(clinic)).data?.length ?? 0
  if (count === 0) return null
  return (
    <div className="border-b bg-warn-soft px-4 py-1.5">
      <Link
        to="/c/$clinic/requests"
        params={{ clinic }}
        className={cn(buttonVariants({ variant: 'ghost' }), 'text-warn hover:bg-transparent hover:underline')}
      >
        <Inbox aria-hidden /> {t('requests', { count })}
      </Link>
    </div>
  )
}
