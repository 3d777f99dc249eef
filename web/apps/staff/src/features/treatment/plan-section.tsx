import type { Patient, TreatmentItem, TreatmentPlan } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty, Field, Menu, MenuItem } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Archive, ArchiveRestore, ClipboardList, Download, Ellipsis, Plus, Presentation as Show } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { PlanItems } from './plan-items'
import { plansQuery } from './queries'
import { StaleDialog } from './stale-dialog'
import { type PlanActs, usePlanActs } from './use-plan-acts'
import { Versions } from './versions'

const ItemDialog = lazy(() => import('./item-dialog').then(one => ({ default: one.ItemDialog })))
const PresentationView = lazy(() => import('./presentation').then(one => ({ default: one.PresentationView })))
const BookItem = lazy(() => import('./book-item').then(one => ({ default: one.BookItem })))

export type Asked =
  | { what: 'add'; instead?: TreatmentItem }
  | { what: 'change' | 'book'; item: TreatmentItem }
  | { what: 'show'; number: number }

/** What is to be done to a patient's teeth, in which order, and how far it is. */
export function PlanSection({ patient }: { patient: Patient }) {
  const clinic = useSlug()
  const plans = useQuery(plansQuery(clinic, patient.id))
  return <Answer to={plans}>{all => <Plans patient={patient} plans={all} />}</Answer>
}

function Plans({ patient, plans }: { patient: Patient; plans: TreatmentPlan[] }) {
  const t = useTranslations('plans')
  const group = useTranslations('shell.groups')('patient')
  const mayWrite = useMay('treatment.write') && !patient.archived_at
  const mayBring = useMay('charting.read') && mayWrite
  const acts = usePlanActs(patient.id)
  const [chosen, choose] = useState<string>()
  const [asked, ask] = useState<Asked>()
  const [unmatched, setUnmatched] = useState(0)
  const plan = plans.find(one => one.id === chosen) ?? plans.find(one => !one.archived_at) ?? plans[0]
  const open = mayWrite && plan && !plan.archived_at ? plan : undefined
  const shut = () => ask(undefined)
  async function begin() {
    const made = await acts.begin(t('firstTitle'))
    if (made) choose(made.id)
    return made
  }
  async function bring() {
    const before = document.activeElement
    const into = open ?? (await begin())
    const brought = into && (await acts.bring(into))
    if (!brought) return
    setUnmatched(brought.unmatched.length)
    const last = brought.plan.items.at(-1)
    // Once it is drawn: whoever brought it goes on from there, unless they went on somewhere else already.
    setTimeout(() => {
      const now = document.activeElement
      if (now === before || now === document.body) document.getElementById(`plan-item-${last?.id}`)?.focus()
    }, 60)
  }
  async function show() {
    const shown = open && (await acts.present(open))
    if (shown) ask({ what: 'show', number: shown.number })
  }
  useCommands([
    ...(mayBring ? [{ id: 'plan-bring', group, label: t('bring'), icon: <Download />, run: () => void bring() }] : []),
    ...(open ? [{ id: 'plan-add', group, label: t('add'), icon: <Plus />, run: () => ask({ what: 'add' }) }] : []),
    ...(open?.items.length ? [{ id: 'plan-show', group, label: t('show'), icon: <Show />, run: () => void show() }] : []),
  ])
  if (!plan)
    return (
      <Empty icon={ClipboardList} title={t('none')} about={t('noneAbout')}>
        {mayBring && (
          <Button onClick={() => void bring()}>
            <Download aria-hidden /> {t('bring')} <Keys of="plan-bring" className="max-sm:hidden" />
          </Button>
        )}
        {mayWrite && (
          <Button variant="outline" onClick={() => void begin()}>
            <Plus aria-hidden /> {t('new')}
          </Button>
        )}
      </Empty>
    )
  return (
    <div className="grid max-w-5xl gap-4 p-6 max-sm:p-4">
      <div className="flex flex-wrap items-end gap-2">
        <Choice plans={plans} plan={plan} mayWrite={!!open} acts={acts} onChoose={choose} />
        <div className="ms-auto flex flex-wrap gap-2">
          {open && mayBring && (
            <Button variant="outline" onClick={() => void bring()}>
              <Download aria-hidden /> {t('bring')} <Keys of="plan-bring" className="max-sm:hidden" />
            </Button>
          )}
          {open && (
            <Button variant="outline" onClick={() => ask({ what: 'add' })}>
              <Plus aria-hidden /> {t('add')} <Keys of="plan-add" className="max-sm:hidden" />
            </Button>
          )}
          {open && open.items.length > 0 && (
            <Button onClick={() => void show()}>
              <Show aria-hidden /> {t('show')} <Keys of="plan-show" className="max-sm:hidden" />
            </Button>
          )}
          {mayWrite && (
            <Menu
              trigger={
                <Button size="icon" variant="ghost" aria-label={t('more')}>
                  <Ellipsis aria-hidden />
                </Button>
              }
            >
              <MenuItem onSelect={() => void begin()}>
                <Plus aria-hidden /> {t('new')}
              </MenuItem>
              <MenuItem onSelect={() => void (plan.archived_at ? acts.bringBack(plan) : acts.putAway(plan))}>
                {plan.archived_at ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
                {t(plan.archived_at ? 'bringBack' : 'putAway')}
              </MenuItem>
            </Menu>
          )}
        </div>
      </div>
      {unmatched > 0 && (
        <p role="status" className="rounded-md bg-warn-soft text-warn px-3 py-2 text-sm">
          {t('unmatched', { count: unmatched })}
        </p>
      )}
      {plan.items.length === 0 ? (
        <Empty icon={ClipboardList} title={t('empty')} about={t('emptyAbout')} />
      ) : (
        <>
          <PlanItems patient={patient} plan={plan} mayWrite={!!open} acts={acts} onAsk={ask} />
          <Total plan={plan} />
        </>
      )}
      <Versions plan={plan} onShow={number => ask({ what: 'show', number })} />
      {acts.stale && <StaleDialog stale={acts.stale} plan={plan} onMine={() => acts.again(plan)} onTheirs={acts.forget} />}
      <Suspense>
        {(asked?.what === 'add' || asked?.what === 'change') && (
          <ItemDialog
            plan={plan}
            item={asked.what === 'change' ? asked.item : undefined}
            instead={asked.what === 'add' ? asked.instead : undefined}
            acts={acts}
            onClose={shut}
          />
        )}
        {asked?.what === 'book' && <BookItem item={{ ...asked.item, plan_id: plan.id, patient_id: patient.id }} onClose={shut} />}
        {asked?.what === 'show' && (
          <PresentationView patient={patient} plan={plan} number={asked.number} maySign={!!open} onClose={shut} />
        )}
      </Suspense>
    </div>
  )
}

/** Which plan is looked at, and its name. */
function Choice(props: {
  plans: TreatmentPlan[]
  plan: TreatmentPlan
  mayWrite: boolean
  acts: PlanActs
  onChoose: (id: string) => void
}) {
  const { plans, plan, mayWrite, acts, onChoose } = props
  const t = useTranslations('plans')
  return (
    <>
      {plans.length > 1 && (
        <Field
          label={t('plan')}
          labelHidden
          className="w-56 max-sm:w-full"
          value={plan.id}
          onChange={event => onChoose(event.currentTarget.value)}
          choices={plans.map((one): [string, string] => [one.id, one.archived_at ? t('away', { title: one.title }) : one.title])}
        />
      )}
      {mayWrite ? (
        <Field
          key={`${plan.id} ${plan.title}`}
          label={t('title')}
          labelHidden
          dir="auto"
          maxLength={200}
          className="w-56 max-sm:w-full"
          defaultValue={plan.title}
          onBlur={event => {
            const title = event.currentTarget.value.trim()
            if (title && title !== plan.title) void acts.rename(plan, title)
          }}
          onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
        />
      ) : (
        <h2 dir="auto" className="font-semibold text-lg">
          {plan.title}
        </h2>
      )}
    </>
  )
}

function Total({ plan }: { plan: TreatmentPlan }) {
  const t = useTranslations('plans')
  const { money } = useWriting()
  if (!plan.least || !plan.most) return null
  const same = plan.least.amount === plan.most.amount
  return (
    <p className="ms-auto grid justify-items-end gap-0.5 text-sm">
      <span className="font-semibold text-base tabular-nums">
        {same ? t('total', { sum: money(plan.most) }) : t('totalRange', { least: money(plan.least), most: money(plan.most) })}
      </span>
      <span className="text-muted-foreground">{t('noEstimate')}</span>
    </p>
  )
}
