import type { BookingCalendar } from '@chairside/api'
import { Button, Dialog, DialogFoot, Kbd } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { FormTrouble, useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import type { Resources } from '../queries'
import { CalendarPreview } from './calendar-preview'
import { type Draft, draftOf, EMPTY, isWhole } from './draft'
import { NeedFields } from './need-fields'
import { calendarsQuery } from './queries'
import { TimingFields } from './timing-fields'
import { WhoFields } from './who-fields'
import { addCalendar, changeCalendar } from './writes'

type Props = { calendar?: BookingCalendar; resources: Resources; onClose: () => void }

/** All of a calendar, beside what it would offer as it stands. */
export function CalendarSheet({ calendar, resources, onClose }: Props) {
  const t = useTranslations('calendars')
  const setup = useTranslations('setup')
  const states = useTranslations('states')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  const met = useMetWords()
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft>(calendar ? draftOf(calendar) : EMPTY)
  const edit = (part: Partial<Draft>) => setDraft(before => ({ ...before, ...part }))
  const over = useOver<BookingCalendar, Draft>({
    opened: calendar ?? ({} as BookingCalendar),
    factsOf: draftOf,
    async read() {
      const all = await client.fetchQuery({ ...calendarsQuery(clinic), staleTime: 0 })
      return all.find(one => one.id === calendar?.id) as BookingCalendar
    },
    write: (body, version) => send(changeCalendar(clinic, { id: calendar?.id ?? '', version }, body)),
  })
  const form = useForm({
    check: () => ({
      service_ids: draft.service_ids.length ? undefined : t('chooseService'),
      providers: draft.providers.length ? undefined : t('chooseProvider'),
      window: draft.window && !(draft.window.start && draft.window.end) ? t('bothDays') : undefined,
      ...Object.fromEntries(draft.requires.map((one, at) => [`requires/${at}`, isWhole(one) ? undefined : t('needsOne')])),
    }),
    fieldOf: ({ pointer }) => pointer.slice(1).replace(/^(requires\/\d+|window|service_ids|providers)\/.*$/, '$1'),
    async save({ text }) {
      const facts = { ...draft, name: text('name') }
      if (!calendar) {
        const made = await send(addCalendar(clinic, facts))
        tell(setup('kept', { name: made.name }), () => send(changeCalendar(clinic, made, { active: false })))
        return onClose()
      }
      const { kept, back, theirs } = await over(facts)
      if (theirs) {
        const said = Object.entries(theirs).map(([name, value]): [string, string] => [wordOf(name), plain(value)])
        return form.setTrouble(met(said))
      }
      tell(setup('kept', { name: (kept ?? calendar).name }), back)
      onClose()
    },
  })
  const words: Partial<Record<string, string>> = {
    service_ids: t('services'),
    providers: t('who'),
    requires: t('needs'),
    modality: t('modality'),
    strategy: t('strategy'),
    public: t('public'),
    name: t('name'),
  }
  const wordOf = (name: string) => words[name] ?? t('timing')
  const plain = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
  const toggle = () =>
    calendar &&
    send(changeCalendar(clinic, calendar, { active: !calendar.active })).then(kept => {
      tell(setup(kept.active ? 'inUseAgain' : 'outOfUse', { name: kept.name }), () =>
        send(changeCalendar(clinic, kept, { active: !kept.active })),
      )
      onClose()
    }, regret)
  const fields = { draft, edit, resources, errors: form.errors }
  return (
    <Dialog open onClose={onClose} at="end" title={calendar?.name ?? t('add')} close={states('close')} className="w-[64rem]">
      <form {...form.props} className="flex min-h-0 flex-1 flex-col">
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_20rem] max-md:grid-cols-1 max-md:overflow-y-auto">
          <div className="grid content-start gap-5 px-5 pt-4 pb-6 md:overflow-y-auto">
            <FormTrouble form={form} />
            <WhoFields {...fields} />
            <NeedFields {...fields} />
            <TimingFields {...fields} />
          </div>
          <CalendarPreview draft={draft} resources={resources} />
        </div>
        <DialogFoot>
          {calendar && (
            <span className="me-auto">
              <Button variant={calendar.active ? 'destructive' : 'outline'} onClick={toggle}>
                {calendar.active ? setup('deactivate') : setup('activate')}
              </Button>
            </span>
          )}
          <span className="flex flex-wrap justify-end gap-2">
            <Button variant="outline" onClick={onClose}>
              {states('back')}
            </Button>
            <Button type="submit" disabled={form.busy}>
              {states('save')} <Kbd keys="Mod+Enter" />
            </Button>
          </span>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
