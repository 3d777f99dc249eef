import type { Weekly } from '@chairside/api'
import { Button, Card, Field, Kbd } from '@chairside/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { FormTrouble, useForm, useMetWords } from '@/lib/form'
import { createOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { Page } from '@/shell/page'
import { HolidaysDialog } from './holidays-dialog'
import { ProviderPicture } from './provider-picture'
import { holidaysQuery, hoursQuery } from './queries'
import { stepAside } from './step-aside'
import { useWeekWords } from './use-week-words'
import { DAYS, overlapping, USUAL } from './weekly'
import { WeeklyEditor } from './weekly-editor'
import { addHoliday, removeHoliday, setClinicHours } from './writes'

/** When the clinic is open, and the days it is not. */
export function HoursScreen() {
  const t = useTranslations('setup')
  const hours = useQuery(hoursQuery(useSlug()))
  return (
    <Page title={t('openingHours')} about={t('openingHoursAbout')} narrow>
      <div className="grid gap-4">
        <Answer to={hours}>
          {hours => (
            <Card title={t('week')}>
              <div className="p-4">
                <ClinicWeek weekly={hours?.weekly ?? null} version={hours?.version} pictured />
              </div>
            </Card>
          )}
        </Answer>
        <Holidays />
      </div>
    </Page>
  )
}

type Hours = { weekly: Weekly | null; version: number }
type WeekProps = { weekly: Weekly | null; version?: number; autoFocus?: boolean; pictured?: boolean; onSaved?: () => void }

export function ClinicWeek({ weekly: before, version, autoFocus, pictured, onSaved }: WeekProps) {
  const t = useTranslations('setup')
  const tell = useTell()
  const states = useTranslations('states')
  const clinic = useSlug()
  const mayWrite = useMay('clinic.write')
  const client = useQueryClient()
  const met = useMetWords()
  const said = useWeekWords()
  const [typed, setTyped] = useState<Weekly>()
  const weekly = typed ?? before ?? USUAL
  // Of what was on the screen when the first hour was changed; until then it follows what the server has.
  const begun = useRef<ReturnType<typeof begin>>(undefined)
  const begin = () =>
    createOver({
      opened: { weekly: before, version: version ?? 0 },
      // Never set yet: the usual week is an offer, and saving takes it.
      factsOf: hours => ({ weekly: hours.version ? hours.weekly : null }),
      read: async () => (await client.fetchQuery({ ...hoursQuery(clinic), staleTime: 0 })) as Hours,
      // Back to what nobody had set yet is to the usual week.
      write: (facts, over) => send(setClinicHours(clinic, facts.weekly ?? USUAL, over)) as Promise<Hours>,
    })
  const form = useForm({
    check: () => ({ weekly: DAYS.some(day => overlapping((weekly[day] ?? []) as never)) ? t('overlap') : undefined }),
    async save() {
      begun.current ??= begin()
      const { theirs, back } = await begun.current({ weekly })
      if (theirs) {
        setTyped(weekly)
        return form.setTrouble(met([[t('week'), said(theirs.weekly ?? {})]]))
      }
      begun.current = undefined
      setTyped(undefined)
      tell(t('hoursKept'), back)
      onSaved?.()
    },
  })
  function change(next: Weekly) {
    begun.current ??= begin()
    setTyped(next)
  }
  return (
    <form {...form.props}>
      <fieldset disabled={!mayWrite} className="grid gap-3">
        <legend className="sr-only">{t('openingHours')}</legend>
        <FormTrouble form={{ ...form, errors: {} }} />
        <WeeklyEditor weekly={weekly} onChange={change} error={form.errors.weekly} autoFocus={autoFocus} />
        {pictured && <ProviderPicture weekly={weekly} />}
        {mayWrite && (
          <Button type="submit" disabled={form.busy} className="justify-self-end">
            {states('save')} <Kbd keys="Mod+Enter" />
          </Button>
        )}
      </fieldset>
    </form>
  )
}

function Holidays() {
  const t = useTranslations('setup')
  const tell = useTell()
  const clinic = useSlug()
  const writing = useWriting()
  const regret = useRegret()
  const mayWrite = useMay('clinic.write')
  const holidays = useQuery(holidaysQuery(clinic))
  const [added, setAdded] = useState({ count: 0, here: false })
  const form = useForm({
    async save({ text }) {
      const made = await send(addHoliday(clinic, { date: text('date'), name: text('name') }))
      tell(t('dayAdded', { day: made.name }), () => send(removeHoliday(clinic, made.id)))
      // One day after the other, without a mouse; whoever went on to something else meanwhile stays there.
      const here = form.props.ref.current?.contains(document.activeElement) ?? false
      setAdded(({ count }) => ({ count: count + 1, here }))
    },
  })
  const today = writing.today.toString()
  const remove = ({ id, date, name }: { id: string; date: string; name: string }, button: HTMLElement) => {
    const back = () => send(addHoliday(clinic, { date, name }))
    stepAside(button, form.props.ref.current?.querySelector('input'))
    void send(removeHoliday(clinic, id)).then(() => tell(t('dayRemoved', { day: name }), back), regret)
  }
  const [choosing, choose] = useState(false)
  const suggest = mayWrite && (
    <Button variant="ghost" size="sm" onClick={() => choose(true)}>
      {t('publicHolidays')}
    </Button>
  )
  return (
    <Card title={t('holidays')} end={suggest}>
      {choosing && <HolidaysDialog onClose={() => choose(false)} />}
      <Answer to={holidays} compact>
        {items => (
          <ul>
            {items.filter(one => one.date >= today).length === 0 && (
              <li className="px-4 py-3 text-muted-foreground text-sm">{t('noHolidays')}</li>
            )}
            {items
              .filter(one => one.date >= today)
              .map(one => (
                <li key={one.id} className="flex min-h-10 items-center gap-4 border-b px-4 text-sm">
                  <bdi className="w-44 shrink-0">
                    {writing.day(one.date, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' })}
                  </bdi>
                  <span className="me-auto wrap-anywhere">
                    <bdi>{one.name}</bdi>
                  </span>
                  {mayWrite && (
                    <Button
                      size="icon"
                      variant="ghost"
                      className="size-7"
                      aria-label={t('removeDay', { day: one.name })}
                      onClick={event => remove(one, event.currentTarget)}
                    >
                      <X />
                    </Button>
                  )}
                </li>
              ))}
          </ul>
        )}
      </Answer>
      {mayWrite && (
        <form key={added.count} {...form.props} className="flex flex-wrap items-start gap-3 bg-surface p-4">
          <FormTrouble form={{ ...form, errors: {} }} className="w-full" />
          <Field
            {...form.field('date')}
            label={t('day')}
            type="date"
            min={today}
            required
            autoFocus={added.here}
            className="w-40"
          />
          <Field
            {...form.field('name')}
            label={t('holidayName')}
            required
            dir="auto"
            autoComplete="off"
            className="min-w-40 flex-1"
          />
          <Button type="submit" variant="outline" disabled={form.busy} className="mt-[26px] h-9">
            <Plus aria-hidden /> {t('addDay')}
          </Button>
        </form>
      )}
    </Card>
  )
}
