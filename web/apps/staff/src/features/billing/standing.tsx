import type { Ledger, Patient } from '@chairside/api'
import { cn } from '@chairside/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { Money } from './money'
import { familyQuery, ledgerQuery } from './queries'

/** The sums of a patient in one line; the family opens to show who owes what. */
export function Standing({ patient, ledger }: { patient: Patient; ledger: Ledger }) {
  const t = useTranslations('billing')
  const [open, setOpen] = useState(false)
  const members = useId()
  const { balance, family_balance, unapplied, unbilled } = ledger
  const family = useQuery(familyQuery(useSlug(), patient.id)).data ?? []
  return (
    <div className="grid gap-3">
      <dl className="flex flex-wrap items-end gap-x-10 gap-y-4">
        <Sum term={t('balance')} big>
          <Money of={balance} className={cn('font-semibold text-2xl', balance.amount < 0 && 'text-ok')} />{' '}
          <span className="text-muted-foreground text-sm">
            {balance.amount > 0 ? t('owes') : balance.amount < 0 ? t('credit') : t('settled')}
          </span>
        </Sum>
        <Sum term={t('unbilled')}>
          <Money of={unbilled} />
        </Sum>
        <Sum term={t('unapplied')}>
          <Money of={unapplied} />
        </Sum>
        {family.length > 1 && (
          <Sum term={t('familyBalance')}>
            <button
              type="button"
              aria-expanded={open}
              aria-controls={members}
              onClick={() => setOpen(!open)}
              className="inline-flex min-h-6 items-center gap-1 rounded hover:underline"
            >
              <Money of={family_balance} />
              <span className="font-normal text-muted-foreground text-sm">{t('members', { count: family.length })}</span>
              <ChevronDown aria-hidden className={cn('size-4 text-muted-foreground', open && 'rotate-180')} />
            </button>
          </Sum>
        )}
      </dl>
      {open && (
        <ul id={members} aria-label={t('familyBalance')} className="grid max-w-md rounded-lg border text-sm">
          {family.map(one => (
            <Member key={one.id} id={one.id} name={`${one.first_name} ${one.last_name}`} here={one.id === patient.id} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Sum({ term, big, children }: { term: string; big?: boolean; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-muted-foreground text-xs">{term}</dt>
      <dd className={big ? 'leading-8' : 'font-medium text-base leading-8'}>{children}</dd>
    </div>
  )
}

/** Their ledger is asked for only when somebody looks: it is noted who looked. */
function Member({ id, name, here }: { id: string; name: string; here: boolean }) {
  const clinic = useSlug()
  const ledger = useInfiniteQuery(ledgerQuery(clinic, id))
  return (
    <li className="flex min-h-10 items-center justify-between gap-4 border-t px-4 first:border-t-0">
      {here ? (
        <bdi className="font-medium">{name}</bdi>
      ) : (
        <Link
          to="/c/$clinic/patients/$patient"
          params={{ clinic, patient: id }}
          search={{ tab: 'ledger' }}
          className="underline-offset-4 hover:underline"
        >
          <bdi>{name}</bdi>
        </Link>
      )}
      <Answer to={{ ...ledger, data: ledger.data?.pages[0] }} compact loading={<span>…</span>}>
        {({ balance }) => <Money of={balance} className="font-medium" />}
      </Answer>
    </li>
  )
}
