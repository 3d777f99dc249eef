import type { LabCase } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, cn, Empty, Field, Segmented } from '@chairside/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Package } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTeeth } from '@/features/charting/use-teeth'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { cursorOf } from '@/lib/cursor'
import { Keys } from '@/lib/keys'
import { CaseStatus, CaseTrouble } from './case-words'
import { LaboratoriesSheet } from './laboratories-sheet'
import { type LabSearch, nextOf, SHOWN } from './model'
import { labCasesQuery, laboratoriesQuery } from './queries'
import { useLabActs } from './use-lab-acts'

const TRACKED = ['sent', 'received'] as const

/** What is at laboratories, by the day on which it is due. The address holds what is looked at. */
export function LabCasesScreen({ which, lab, case: chosen }: LabSearch) {
  const t = useTranslations('labs')
  const group = useTranslations('shell.groups')('labs')
  const clinic = useSlug()
  const navigate = useNavigate({ from: '/c/$clinic/lab-cases' })
  const may = { write: useMay('labs.write'), track: useMay('labs.track') }
  const laboratories = useQuery(laboratoriesQuery(clinic)).data ?? []
  const cases = useInfiniteQuery(labCasesQuery(clinic, which ?? 'away', lab))
  const items = cases.data?.pages.flatMap(page => page?.items ?? []) ?? []
  const [keeping, keep] = useState(false)
  const take = useLabActs()
  const set = (next: LabSearch) => navigate({ search: old => ({ ...old, case: undefined, ...next }), replace: true })
  const { at, go, step } = cursorOf(items, chosen, 'case', id =>
    navigate({ search: old => ({ ...old, case: id }), replace: true }),
  )
  const next = at ? nextOf(at.status, may) : []
  useCommands([
    { id: 'lab-next', group, label: t('next'), unlisted: true, run: () => step(1) },
    { id: 'lab-previous', group, label: t('previous'), unlisted: true, run: () => step(-1) },
    ...TRACKED.filter(one => at && next.includes(one)).map(one => ({
      id: `lab-${one}`,
      group,
      label: t(`steps.${one}`),
      run: () => void (at && take(at, one)),
    })),
  ])
  const keyed = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!by || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    step(by)
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <title>{t('title')}</title>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5">
        <h1 className="font-semibold text-xl tracking-tight rtl:tracking-normal">{t('title')}</h1>
        <Segmented
          label={t('show')}
          className="flex-wrap [&>button]:min-h-6 [&>button]:whitespace-nowrap"
          value={which ?? 'away'}
          onChange={value => set({ which: value === 'away' ? undefined : (value as 'overdue' | 'all') })}
          choices={SHOWN.map(value => ({ value, label: t(`shown.${value}`) }))}
        />
        {laboratories.length > 1 && (
          <Field
            label={t('fields.laboratory_id')}
            labelHidden
            className="w-52 max-sm:w-full"
            value={lab ?? ''}
            onChange={event => set({ lab: event.target.value || undefined })}
            choices={[['', t('everyLaboratory')], ...laboratories.map((one): [string, string] => [one.id, one.name])]}
          />
        )}
        <Button variant="outline" className="ms-auto" onClick={() => keep(true)}>
          {t('laboratories')}
        </Button>
      </header>
      <section aria-label={t('title')} className="min-h-0 flex-1 overflow-auto">
        <Answer to={cases}>
          {() =>
            items.length === 0 ? (
              <Empty icon={Package} title={t(which ? 'noneSuch' : 'allBack')} about={t('allBackAbout')} />
            ) : (
              <>
                <table className="w-full text-sm" onKeyDown={keyed}>
                  <caption className="sr-only">{t('title')}</caption>
                  <thead className="sticky top-0 z-10 bg-background text-muted-foreground text-xs shadow-[0_1px_var(--border)] *:*:h-9 *:*:px-4 max-sm:*:*:px-2 *:*:text-start *:*:font-medium">
                    <tr>
                      <th scope="col">{t('heads.due')}</th>
                      <th scope="col">{t('heads.patient')}</th>
                      <th scope="col" className="max-sm:hidden">
                        {t('fields.work')}
                      </th>
                      <th scope="col" className="max-md:hidden">
                        {t('fields.laboratory_id')}
                      </th>
                      <th scope="col" className="max-lg:hidden">
                        {t('heads.status')}
                      </th>
                      <th scope="col">
                        <span className="sr-only">{t('heads.acts')}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map(one => (
                      <Row
                        key={one.id}
                        one={one}
                        isAt={one.id === at?.id}
                        onAt={() => go(one.id)}
                        next={nextOf(one.status, may).find(each => each === 'sent' || each === 'received')}
                        onStep={each => void take(one, each)}
                      />
                    ))}
                  </tbody>
                </table>
                {cases.hasNextPage && (
                  <div className="grid place-items-center p-4">
                    <Button variant="outline" disabled={cases.isFetchingNextPage} onClick={() => cases.fetchNextPage()}>
                      {t('more')}
                    </Button>
                  </div>
                )}
              </>
            )
          }
        </Answer>
      </section>
      {keeping && <LaboratoriesSheet onClose={() => keep(false)} />}
    </div>
  )
}

type RowProps = {
  one: LabCase
  isAt: boolean
  onAt: () => void
  next?: 'sent' | 'received'
  onStep: (step: 'sent' | 'received') => void
}

function Row({ one, isAt, onAt, next, onStep }: RowProps) {
  const t = useTranslations('labs')
  const clinic = useSlug()
  const { written: teeth } = useTeeth()
  const writing = useWriting()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and J and K go from row to row.
    <tr
      id={`case-${one.id}`}
      tabIndex={isAt ? 0 : -1}
      aria-current={isAt || undefined}
      onClick={event => event.target instanceof Element && !event.target.closest('a, button') && onAt()}
      className={cn('-outline-offset-2! border-b *:px-4 *:py-2 max-sm:*:px-2', isAt && 'bg-accent')}
    >
      <td className={cn('sm:whitespace-nowrap', one.overdue && 'font-medium text-destructive')}>{writing.day(one.due_on)}</td>
      <td>
        <Link
          to="/c/$clinic/patients/$patient"
          params={{ clinic, patient: one.patient_id }}
          search={{ tab: 'orders' }}
          className="font-medium underline-offset-4 hover:underline"
        >
          <bdi>
            {one.last_name}, {one.first_name}
          </bdi>
        </Link>
        <span className="block text-muted-foreground sm:hidden">
          {t(`works.${one.work}`)} <bdi dir="ltr">{teeth(one.teeth)}</bdi>
        </span>
        <span className="block lg:hidden">
          <CaseStatus one={one} />
        </span>
        <CaseTrouble one={one} />
      </td>
      <td className="max-sm:hidden">
        {t(`works.${one.work}`)} <bdi dir="ltr">{teeth(one.teeth)}</bdi>
      </td>
      <td className="text-muted-foreground max-md:hidden">
        <bdi>{one.laboratory_name}</bdi>
      </td>
      <td className="max-lg:hidden">
        <CaseStatus one={one} />
      </td>
      <td className="text-end">
        {next && (
          <Button
            size="sm"
            variant="outline"
            className="max-sm:h-auto max-sm:min-h-8 max-sm:whitespace-normal max-sm:py-1"
            onClick={() => onStep(next)}
          >
            {t(`steps.${next}`)} {isAt && <Keys of={`lab-${next}`} className="max-sm:hidden" />}
          </Button>
        )}
      </td>
    </tr>
  )
}
