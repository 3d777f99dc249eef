import type { Problem } from '@chairside/api'
import { Avatar, NoPermission } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { ageOf, useWriting } from '@/lib/clinic'
import { nameOf } from './queries'

type Facts = { first_name: string; last_name: string; birth_date: string | null }

/** In the place of a record that only its care team opens: whose it is, and who can let one in. */
export function ClosedRecord({ problem }: { problem: Problem }) {
  const t = useTranslations('care')
  const patients = useTranslations('patients')
  const writing = useWriting()
  const { first_name, last_name, birth_date } = problem.facts as unknown as Facts
  const name = nameOf({ first_name, last_name })
  return (
    <div>
      <header className="flex items-center gap-4 border-b px-6 py-5 max-sm:px-4">
        <Avatar name={name} className="size-12 text-lg max-sm:hidden" />
        <div className="grid min-w-0 gap-0.5 wrap-anywhere">
          <h1 className="font-semibold text-xl tracking-tight rtl:tracking-normal">
            <bdi>{name}</bdi>
          </h1>
          {birth_date && (
            <p className="flex flex-wrap gap-x-2 text-muted-foreground text-sm">
              <span className="font-medium text-foreground">{patients('age', { count: ageOf(birth_date, writing.today) })}</span>
              <bdi>{writing.day(birth_date)}</bdi>
            </p>
          )}
        </div>
      </header>
      <NoPermission title={t('closed')} about={t('closedAbout', { name })} />
    </div>
  )
}
