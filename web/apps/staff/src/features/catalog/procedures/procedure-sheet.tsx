import type { NewProcedure, Procedure } from '@chairside/api'
import { Button, Check, Field } from '@chairside/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { type Given, useForm, useMetWords } from '@/lib/form'
import { readAmount } from '@/lib/money'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { MoneyField } from '../money-field'
import {
  addProcedure,
  archiveProcedure,
  changeProcedure,
  proceduresQuery,
  procedureVersionsQuery,
  restoreProcedure,
} from './queries'

const AREAS = ['mouth', 'arch', 'quadrant', 'tooth', 'surfaces', 'tooth_range'] as const
type Facts = Omit<NewProcedure, 'effective_on'>

const factsOf = (one: Procedure): Facts => ({
  code: one.code,
  name: one.name,
  category: one.category,
  price: { amount: one.price.amount, currency: one.price.currency },
  duration_minutes: one.duration_minutes,
  area: one.area,
  min_surfaces: one.min_surfaces,
  max_surfaces: one.max_surfaces,
  permanent_teeth: one.permanent_teeth,
  primary_teeth: one.primary_teeth,
})

/** A procedure of the list; what is changed holds from a day on. */
export function ProcedureSheet({ procedure, onClose }: { procedure?: Procedure; onClose: () => void }) {
  const t = useTranslations('procedures')
  const clinic = useSlug()
  const client = useQueryClient()
  const { currency, today } = useWriting()
  const tell = useTell()
  const regret = useRegret()
  const met = useMetWords()
  const [area, setArea] = useState<NewProcedure['area']>(procedure?.area ?? 'tooth')
  const [from, setFrom] = useState(today.toString())
  const over = useOver<Procedure, Facts>({
    opened: procedure ?? ({} as Procedure),
    factsOf,
    read: async () => {
      const all = await client.fetchQuery({ ...proceduresQuery(clinic, !!procedure?.archived_at), staleTime: 0 })
      return all.find(one => one.id === procedure?.id) as Procedure
    },
    write: (changes, version) =>
      send(changeProcedure(clinic, { id: procedure?.id ?? '', version }, { ...changes, effective_on: from })),
  })
  const whole = (text: string) => (/^\d+$/.test(text) ? Number(text) : Number.NaN)
  const given = ({ text, has }: Given): Facts => ({
    code: text('code'),
    name: text('name'),
    category: text('category'),
    price: { amount: readAmount(text('price'), currency) ?? 0, currency },
    duration_minutes: whole(text('duration_minutes')),
    area,
    min_surfaces: area === 'surfaces' ? Number(text('min_surfaces')) : null,
    max_surfaces: area === 'surfaces' ? Number(text('max_surfaces')) : null,
    permanent_teeth: has('permanent_teeth'),
    primary_teeth: has('primary_teeth'),
  })
  const form = useForm({
    check: ({ text }) => ({
      duration_minutes: whole(text('duration_minutes')) >= 5 ? undefined : t('minutesWrong'),
      price: text('price') && readAmount(text('price'), currency) === undefined ? t('amountWrong') : undefined,
    }),
    fieldOf: ({ pointer }) => (pointer.startsWith('/price') ? 'price' : pointer.slice(1)),
    async save(values) {
      const facts = given(values)
      if (!procedure) {
        const made = await send(addProcedure(clinic, { ...facts, effective_on: from }))
        tell(t('did', { name: made.name }), () => send(archiveProcedure(clinic, made)))
        return onClose()
      }
      const { kept, back, theirs } = await over(facts)
      if (theirs) {
        const names = Object.keys(theirs).filter(name => name in WORDS) as (keyof typeof WORDS)[]
        return form.setTrouble(met(names.map(name => [t(WORDS[name]), JSON.stringify(theirs[name])])))
      }
      if (kept) tell(t('did', { name: kept.name }), back)
      onClose()
    },
  })
  const put = (one: Procedure, away: boolean): Promise<void> =>
    send((away ? archiveProcedure : restoreProcedure)(clinic, one)).then(now => {
      tell(t(away ? 'didArchive' : 'didRestore', { name: one.name }), () =>
        send((away ? restoreProcedure : archiveProcedure)(clinic, now)),
      )
      onClose()
    }, regret)
  const counts = ['1', '2', '3', '4', '5'].map((one): [string, string] => [one, one])
  return (
    <SheetForm
      title={procedure?.name ?? t('add')}
      form={form}
      onClose={onClose}
      start={
        procedure && (
          <Button
            variant={procedure.archived_at ? 'outline' : 'destructive'}
            onClick={() => void put(procedure, !procedure.archived_at)}
          >
            {t(procedure.archived_at ? 'restore' : 'archive')}
          </Button>
        )
      }
    >
      <div className="grid grid-cols-3 gap-4 max-sm:grid-cols-1">
        <Field
          {...form.field('code')}
          label={t('code')}
          required
          autoFocus={!procedure}
          maxLength={30}
          dir="ltr"
          defaultValue={procedure?.code}
        />
        <Field
          {...form.field('name')}
          label={t('name')}
          required
          maxLength={200}
          dir="auto"
          className="col-span-2 max-sm:col-span-1"
          defaultValue={procedure?.name}
        />
      </div>
      <Field {...form.field('category')} label={t('category')} maxLength={60} dir="auto" defaultValue={procedure?.category} />
      <div className="grid grid-cols-2 gap-4">
        <MoneyField {...form.field('price')} label={t('price')} amount={procedure?.price.amount} required />
        <Field
          {...form.field('duration_minutes')}
          label={t('length')}
          type="number"
          inputMode="numeric"
          dir="ltr"
          min={5}
          step={5}
          required
          defaultValue={procedure?.duration_minutes ?? 30}
        />
      </div>
      <Field
        {...form.field('area')}
        label={t('area')}
        value={area}
        onChange={event => setArea(event.currentTarget.value as NewProcedure['area'])}
        choices={AREAS.map((one): [string, string] => [one, t(`areas.${one}`)])}
      />
      {area === 'surfaces' && (
        <div className="grid grid-cols-2 gap-4">
          <Field
            {...form.field('min_surfaces')}
            label={t('from')}
            choices={counts}
            defaultValue={String(procedure?.min_surfaces ?? 1)}
          />
          <Field
            {...form.field('max_surfaces')}
            label={t('to')}
            choices={counts}
            defaultValue={String(procedure?.max_surfaces ?? 1)}
          />
        </div>
      )}
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <Check name="permanent_teeth" label={t('permanent')} defaultChecked={procedure?.permanent_teeth ?? true} />
        <Check name="primary_teeth" label={t('primary')} defaultChecked={procedure?.primary_teeth ?? true} />
      </div>
      {form.errors.permanent_teeth && <p className="text-destructive text-xs">{form.errors.permanent_teeth}</p>}
      <Field
        {...form.field('effective_on')}
        label={t('effective')}
        hint={t('effectiveHint')}
        type="date"
        required
        value={from}
        onChange={event => setFrom(event.currentTarget.value)}
      />
      {procedure && <Versions procedure={procedure} />}
    </SheetForm>
  )
}

const WORDS = {
  code: 'code',
  name: 'name',
  category: 'category',
  duration_minutes: 'length',
  area: 'area',
  min_surfaces: 'from',
  max_surfaces: 'to',
} as const

function Versions({ procedure }: { procedure: Procedure }) {
  const t = useTranslations('procedures')
  const writing = useWriting()
  const versions = useQuery(procedureVersionsQuery(useSlug(), procedure.id))
  return (
    <details className="border-t pt-3">
      <summary className="cursor-pointer font-medium text-sm">{t('history')}</summary>
      <Answer to={versions} compact>
        {all => (
          <ul className="mt-2 grid gap-1.5 text-sm">
            {all.map(one => (
              <li key={one.id} className="flex flex-wrap gap-x-3">
                <span className="w-32 text-muted-foreground">{writing.day(one.effective_on)}</span>
                <bdi className="me-auto">{one.name}</bdi>
                <bdi>{writing.money(one.price)}</bdi>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </details>
  )
}
