import type { Patient, Presentation, TreatmentPlan } from '@chairside/api'
import { Badge, Button, Dialog } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Printer } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { phasesOf } from './model'
import { planPaper, presentationQuery } from './queries'
import { ShownItem } from './shown-item'
import { Signing } from './signing'

type Props = { patient: Patient; plan: TreatmentPlan; number: number; maySign: boolean; onClose: () => void }

/** The plan as the patient sees it: large, calm, with their teeth; what they say of each part, and their signature. */
export function PresentationView({ patient, plan, number, maySign, onClose }: Props) {
  const t = useTranslations('plans')
  const states = useTranslations('states')
  const clinic = useSlug()
  const { dayOf } = useWriting()
  const shown = useQuery(presentationQuery(clinic, patient.id, plan.id, number))
  return (
    <Dialog
      open
      onClose={onClose}
      title={shown.data?.title ?? plan.title}
      about={
        <span className="flex flex-wrap gap-x-2">
          <bdi>
            {patient.first_name} {patient.last_name}
          </bdi>
          {shown.data && (
            <span>
              · {t('version', { number })} · {dayOf(shown.data.shown_at)}
            </span>
          )}
        </span>
      }
      close={states('close')}
      opaque
      className="inset-0 top-[var(--notices,0px)] mx-0 max-h-none max-w-none rounded-none"
    >
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Answer to={shown}>
          {one =>
            one && (
              <Shown
                patient={patient}
                plan={plan}
                shown={one}
                maySign={maySign}
                paper={planPaper(clinic, patient.id, plan.id, number)}
              />
            )
          }
        </Answer>
      </div>
    </Dialog>
  )
}

type ShownProps = { patient: Patient; plan: TreatmentPlan; shown: Presentation; maySign: boolean; paper: string }
export type Decisions = Record<string, boolean | undefined>

function Shown({ patient, plan, shown, maySign, paper }: ShownProps) {
  const t = useTranslations('plans')
  const { money, dayOf } = useWriting()
  const [said, say] = useState<Decisions>({})
  const first = useRef<HTMLButtonElement>(null)
  // The patient begins at the top, wherever the keys are.
  useEffect(() => first.current?.focus({ preventScroll: true }), [])
  const current = plan.versions.find(one => one.number === shown.number)?.current
  const latest = plan.versions[0]?.number === shown.number
  const open = maySign && latest && current && !shown.acceptance
  const undecided = open ? shown.items.filter(one => one.status !== 'in_progress' && one.status !== 'performed') : []
  /** Of alternatives the first; it is changed with a click. */
  function all() {
    const next: Decisions = {}
    const taken = new Set<string>()
    for (const one of undecided) {
      next[one.id] = !one.choice || !taken.has(one.choice)
      if (one.choice) taken.add(one.choice)
    }
    say(next)
  }
  function decide(id: string, accepted: boolean) {
    const choice = shown.items.find(one => one.id === id)?.choice
    const others = accepted && choice ? undecided.filter(one => one.choice === choice && one.id !== id) : []
    say({ ...said, ...Object.fromEntries(others.map(one => [one.id, false])), [id]: accepted })
  }
  useEffect(() => {
    function struck(event: KeyboardEvent) {
      const at = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return
      if (event.key.toLowerCase() === 'a' && undecided.length) all()
      else if (event.key.toLowerCase() === 'r') window.open(paper, '_blank')
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', struck)
    return () => window.removeEventListener('keydown', struck)
  })
  const least = money(shown.least)
  const most = money(shown.most)
  return (
    <div className="mx-auto grid max-w-5xl gap-8 px-8 pt-6 pb-16 text-lg max-sm:px-4">
      {!shown.intact && (
        <p role="alert" className="rounded-md bg-destructive-soft px-4 py-3 text-destructive">
          {t('notIntact')}
        </p>
      )}
      {phasesOf(shown.items).map(({ number, groups }) => (
        <section key={number} aria-label={t('phase', { number })} className="grid gap-3">
          <h2 className="font-semibold text-xl">{t('phase', { number })}</h2>
          <ul className="grid gap-3">
            {groups.map(group => (
              <li key={group[0]?.id} className="grid gap-2">
                {group.length > 1 && <p className="text-base text-muted-foreground">{t('oneOfThese')}</p>}
                <div className={group.length > 1 ? 'grid gap-3 md:grid-cols-2' : 'grid'}>
                  {group.map(item => (
                    <ShownItem
                      key={item.id}
                      item={item}
                      plan={plan}
                      patient={patient}
                      said={said[item.id]}
                      onSay={undecided.includes(item) ? accepted => decide(item.id, accepted) : undefined}
                    />
                  ))}
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div className="flex flex-wrap items-start gap-4 border-t pt-5">
        <div className="grid gap-1">
          <p className="font-semibold text-2xl tabular-nums">
            {shown.least.amount === shown.most.amount ? t('total', { sum: most }) : t('totalRange', { least, most })}
          </p>
          <p className="text-base text-muted-foreground">{t('noEstimate')}</p>
        </div>
        <Button variant="outline" className="ms-auto" asChild>
          <a href={paper} target="_blank" rel="noreferrer">
            <Printer aria-hidden /> {t('print')} <Keys of="plan-print" />
          </a>
        </Button>
        {undecided.length > 0 && (
          <Button ref={first} variant="outline" onClick={all}>
            {t('acceptAll')} <Keys of="plan-accept" />
          </Button>
        )}
      </div>
      {undecided.length > 0 && <Signing patient={patient} plan={plan} shown={shown} items={undecided} said={said} />}
      {maySign && !shown.acceptance && !open && <p className="text-base text-muted-foreground">{t('notTheLatest')}</p>}
      {shown.acceptance && (
        <figure className="grid w-fit max-w-full gap-1">
          {shown.acceptance.picture && (
            // Ink is dark: also where the screen is.
            <img
              src={`data:image/png;base64,${shown.acceptance.picture}`}
              alt={t('signatureOf', { name: shown.acceptance.signer_name })}
              className="max-h-28 max-w-full rounded-md border bg-[white] object-contain p-2"
            />
          )}
          <figcaption className="flex flex-wrap items-center gap-2 text-base text-muted-foreground">
            {t('signedBy', { name: shown.acceptance.signer_name, day: dayOf(shown.acceptance.signed_at) })}
            {shown.intact && <Badge>{t('intact')}</Badge>}
          </figcaption>
        </figure>
      )}
    </div>
  )
}
