import { Button, Check, Combobox, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useClinic, useSlug, useWriting } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { suggestionsQuery } from './queries'
import { addHolidays, keepRegion, removeHoliday } from './writes'

/**
 * Public holidays of the clinic's country and its part of it, or of others, to choose from: what is chosen already is not offered
 * again. The part is kept with the clinic.
 */
export function HolidaysDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('setup')
  const states = useTranslations('states')
  const tell = useTell()
  const clinic = useSlug()
  const here = useClinic()
  const writing = useWriting()
  const [year, setYear] = useState(writing.today.year)
  const [country, setCountry] = useState<string>()
  const [region, setRegion] = useState<string>()
  const [left, setLeft] = useState<string[]>([])
  const suggested = useQuery(suggestionsQuery(clinic, year, country, region))
  const today = writing.today.toString()
  const offered = suggested.data?.items.filter(one => !one.closed && one.date >= today) ?? []
  const chosen = offered.filter(one => !left.includes(one.date))
  const form = useForm({
    async save() {
      const { items } = await send(
        addHolidays(
          clinic,
          chosen.map(({ date, name }) => ({ date, name })),
        ),
      )
      if (region !== undefined && suggested.data?.country) {
        await send(keepRegion(here, region ? `${suggested.data.country}-${region}` : null))
      }
      const back = () => Promise.all(items.map(one => send(removeHoliday(clinic, one.id))))
      tell(t('holidaysAdded', { count: items.length }), items.length > 0 ? back : undefined)
      onClose()
    },
  })
  const regions = suggested.data?.regions ?? []
  const years = [0, 1, 2].map(more => String(writing.today.year + more))
  return (
    <Dialog open onClose={onClose} title={t('publicHolidays')} about={t('publicHolidaysAbout')} close={states('close')}>
      <form {...form.props} className="flex min-h-0 flex-1 flex-col">
        <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3">
            <Country
              value={country ?? suggested.data?.country ?? ''}
              known={suggested.data?.countries ?? []}
              onChange={code => {
                setCountry(code)
                setRegion(undefined)
                setLeft([])
              }}
            />
            <Field
              label={t('year')}
              value={String(year)}
              onChange={event => {
                setYear(Number(event.target.value))
                setLeft([])
              }}
              choices={years.map((one): [string, string] => [one, one])}
            />
          </div>
          {regions.length > 0 && (
            <Combobox
              label={t('region')}
              value={region ?? suggested.data?.region ?? ''}
              options={[{ value: '', label: t('wholeCountry') }, ...regions.map(one => ({ value: one.code, label: one.name }))]}
              nothing={t('noSuchRegion')}
              onChange={code => {
                setRegion(code)
                setLeft([])
              }}
            />
          )}
          <Answer to={suggested} compact>
            {({ country, items }) =>
              country === null ? (
                <p className="text-muted-foreground text-sm">{t('whichCountry')}</p>
              ) : (
                <fieldset className="grid gap-2">
                  <legend className="sr-only">{t('publicHolidays')}</legend>
                  {items.filter(one => one.date >= today).length === 0 && (
                    <p className="text-muted-foreground text-sm">{t('noSuggestions')}</p>
                  )}
                  {items
                    .filter(one => one.date >= today)
                    .map(one => (
                      <Check
                        key={one.date}
                        label={one.name}
                        hint={`${writing.day(one.date, { weekday: 'long', day: 'numeric', month: 'long' })}${one.closed ? ` · ${t('closedAlready')}` : ''}`}
                        checked={one.closed || !left.includes(one.date)}
                        disabled={one.closed}
                        onChange={event =>
                          setLeft(event.target.checked ? left.filter(day => day !== one.date) : [...left, one.date])
                        }
                      />
                    ))}
                </fieldset>
              )
            }
          </Answer>
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy || chosen.length === 0}>
            {t('addDays', { count: chosen.length })} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function Country({ value, known, onChange }: { value: string; known: string[]; onChange: (code: string) => void }) {
  const t = useTranslations('setup')
  const { format } = useWriting()
  const options = useMemo(() => {
    const names = new Intl.DisplayNames(format, { type: 'region' })
    const named = known.map(code => ({ value: code, label: names.of(code) ?? code }))
    return named.sort((a, b) => a.label.localeCompare(b.label, format))
  }, [known, format])
  return (
    <Combobox
      label={t('country')}
      value={value}
      options={options}
      nothing={t('noSuchCountry')}
      onChange={onChange}
      autoFocus={value === '' && known.length > 0}
    />
  )
}
