import { type Clinic, change } from '@chairside/api'
import { Button, Check, Combobox, Field, Kbd } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { clinicQuery, useClinic, useMay, useSlug } from '@/lib/clinic'
import { FormTrouble, useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { Page } from '@/shell/page'
import { useChoices } from './choices'

const ADDRESS = ['line1', 'line2', 'city', 'region', 'postal_code', 'country'] as const

/** What is written down of it; what the reader may do with it is not. */
type Written = Omit<Clinic, 'permissions'>
type Facts = Pick<
  Clinic,
  | 'name'
  | 'timezone'
  | 'locale'
  | 'phone'
  | 'email'
  | 'tax_id'
  | 'address'
  | 'feeds_name_services'
  | 'majority_age'
  | 'history_review_months'
  | 'fills_freed_times'
  | 'tooth_notation'
  | 'prints_prescriptions'
  | 'treatment_charging'
>

const NOTATIONS = ['fdi', 'universal', 'palmer'] as const
const CHARGINGS = ['at_start', 'at_end', 'by_share'] as const

function factsOf({ address, ...clinic }: Written): Facts {
  const {
    name,
    timezone,
    locale,
    phone,
    email,
    tax_id,
    feeds_name_services,
    majority_age,
    fills_freed_times,
    history_review_months,
    tooth_notation,
    prints_prescriptions,
    treatment_charging,
  } = clinic
  const known = Object.fromEntries(ADDRESS.map(part => [part, address?.[part] ?? null])) as Facts['address']
  const whole = Object.values(known ?? {}).some(Boolean) ? known : null
  return {
    name,
    timezone,
    locale,
    phone,
    email,
    tax_id,
    feeds_name_services,
    majority_age,
    fills_freed_times,
    tooth_notation,
    treatment_charging,
    history_review_months,
    prints_prescriptions,
    address: whole,
  }
}

/** The clinic as its documents name it. */
export function ClinicScreen() {
  const t = useTranslations('setup')
  const clinic = useClinic()
  const [saved, save] = useState<Written>(clinic)
  return (
    <Page title={t('clinic')} about={t('clinicAbout')} narrow>
      <ClinicForm key={saved.version} clinic={saved} onSaved={save} />
    </Page>
  )
}

function ClinicForm({ clinic, onSaved }: { clinic: Written; onSaved: (clinic: Written) => void }) {
  const t = useTranslations('setup')
  const tell = useTell()
  const words = useTranslations('tenancy')
  const patients = useTranslations('patients')
  const states = useTranslations('states')
  const slug = useSlug()
  const client = useQueryClient()
  const mayWrite = useMay('clinic.write')
  const [timezone, setTimezone] = useState(clinic.timezone)
  const met = useMetWords()
  const over = useOver<Written, Facts>({
    opened: clinic,
    factsOf,
    read: () => client.fetchQuery({ ...clinicQuery(slug), staleTime: 0 }),
    write: (body, version) => {
      const rest = { params: { clinic: slug }, thing: clinic.id, version, touches: ['clinic', 'schedule'], body }
      return send(change('patch', '/clinics/{clinic}', rest))
    },
  })
  const { zoneOptions, localeNames } = useChoices()
  const form = useForm({
    async save({ text, has }) {
      const address = Object.fromEntries(ADDRESS.map(name => [name, text(`address/${name}`) || null]))
      const body = {
        name: text('name'),
        timezone,
        locale: text('locale'),
        phone: text('phone') || null,
        email: text('email') || null,
        tax_id: text('tax_id') || null,
        feeds_name_services: has('feeds_name_services'),
        majority_age: Number(text('majority_age')),
        history_review_months: text('history_review_months') ? Number(text('history_review_months')) : null,
        fills_freed_times: has('fills_freed_times'),
        prints_prescriptions: has('prints_prescriptions'),
        tooth_notation: NOTATIONS.find(one => one === text('tooth_notation')) ?? null,
        treatment_charging: CHARGINGS.find(one => one === text('treatment_charging')) ?? 'at_end',
        address: Object.values(address).some(Boolean) ? address : null,
      }
      const { kept, theirs, back } = await over(body)
      if (theirs) {
        const labels: Record<keyof Facts, string> = {
          name: words('clinicName'),
          timezone: words('timezone'),
          locale: words('locale'),
          phone: t('phone'),
          email: t('email'),
          tax_id: t('taxId'),
          feeds_name_services: t('feedsNameServices'),
          majority_age: t('majorityAge'),
          history_review_months: t('historyReview'),
          fills_freed_times: t('fillsFreedTimes'),
          prints_prescriptions: t('printsPrescriptions'),
          tooth_notation: t('toothNotation'),
          treatment_charging: t('treatmentCharging'),
          address: patients('address'),
        }
        const said = (name: keyof Facts) =>
          name === 'address'
            ? ADDRESS.flatMap(part => theirs.address?.[part] || []).join(', ')
            : name === 'feeds_name_services' || name === 'fills_freed_times' || name === 'prints_prescriptions'
              ? t(theirs[name] ? 'feedsDo' : 'feedsDoNot')
              : name === 'treatment_charging'
                ? t(`chargings.${theirs[name] ?? 'at_end'}`)
                : name === 'tooth_notation'
                  ? t(`notations.${theirs[name] ?? 'by_country'}`)
                  : String(theirs[name] ?? '')
        return form.setTrouble(met((Object.keys(theirs) as (keyof Facts)[]).map(name => [labels[name], said(name)])))
      }
      tell(t('kept', { name: body.name }), back && (() => back().then(onSaved)))
      if (kept) onSaved(kept)
    },
  })
  return (
    <form {...form.props}>
      <fieldset disabled={!mayWrite} className="grid grid-cols-2 gap-x-4 gap-y-5 max-sm:grid-cols-1">
        <legend className="sr-only">{t('clinic')}</legend>
        <FormTrouble form={form} className="col-span-full" />
        <Field
          {...form.field('name')}
          label={words('clinicName')}
          defaultValue={clinic.name}
          required
          dir="auto"
          className="col-span-full"
        />
        <Field {...form.field('phone')} label={t('phone')} type="tel" dir="ltr" defaultValue={clinic.phone ?? ''} />
        <Field {...form.field('email')} label={t('email')} type="email" dir="ltr" defaultValue={clinic.email ?? ''} />
        <fieldset className="col-span-full grid grid-cols-6 gap-x-4 gap-y-3">
          <legend className="mb-2 font-medium text-sm">{patients('address')}</legend>
          {ADDRESS.map(name => (
            <Field
              key={name}
              {...form.field(`address/${name}`)}
              label={patients(`addressParts.${name}`)}
              dir="auto"
              defaultValue={clinic.address?.[name] ?? ''}
              className={`${name.startsWith('line') ? 'col-span-3' : name === 'city' || name === 'region' ? 'col-span-2' : 'col-span-1'} max-sm:col-span-full`}
            />
          ))}
        </fieldset>
        <Field {...form.field('tax_id')} label={t('taxId')} hint={t('taxIdHint')} dir="ltr" defaultValue={clinic.tax_id ?? ''} />
        <Field
          {...form.field('locale')}
          label={words('locale')}
          hint={words('localeHint')}
          choices={localeNames}
          defaultValue={clinic.locale}
        />
        <Combobox
          {...form.field('timezone')}
          label={words('timezone')}
          value={timezone}
          shown={timezone}
          options={zoneOptions}
          nothing={words('nothing')}
          onChange={setTimezone}
        />
        <Field label={words('currency')} hint={t('currencyFixed')} value={clinic.currency} readOnly dir="ltr" />
        <Field
          {...form.field('majority_age')}
          label={t('majorityAge')}
          hint={t('majorityAgeHint')}
          type="number"
          min={12}
          max={25}
          required
          dir="ltr"
          defaultValue={clinic.majority_age}
        />
        <Field
          {...form.field('tooth_notation')}
          label={t('toothNotation')}
          hint={t('toothNotationHint')}
          defaultValue={clinic.tooth_notation ?? ''}
          choices={[['', t('notations.by_country')], ...NOTATIONS.map((one): [string, string] => [one, t(`notations.${one}`)])]}
        />
        <Field
          {...form.field('treatment_charging')}
          label={t('treatmentCharging')}
          defaultValue={clinic.treatment_charging}
          choices={CHARGINGS.map((one): [string, string] => [one, t(`chargings.${one}`)])}
        />
        <Field
          {...form.field('history_review_months')}
          label={t('historyReview')}
          hint={t('historyReviewHint')}
          type="number"
          min={1}
          max={60}
          dir="ltr"
          defaultValue={clinic.history_review_months ?? ''}
        />
        <Check
          name="feeds_name_services"
          label={t('feedsNameServices')}
          hint={t('feedsNameServicesHint')}
          defaultChecked={clinic.feeds_name_services}
          className="col-span-full"
        />
        <Check
          name="fills_freed_times"
          label={t('fillsFreedTimes')}
          hint={t('fillsFreedTimesHint')}
          defaultChecked={clinic.fills_freed_times}
          className="col-span-full"
        />
        <Check
          name="prints_prescriptions"
          label={t('printsPrescriptions')}
          hint={t('printsPrescriptionsHint')}
          defaultChecked={clinic.prints_prescriptions}
          className="col-span-full"
        />
        <p className="col-span-full text-muted-foreground text-sm">
          {words('slug')}: <bdi dir="ltr">{`${location.origin}/c/${clinic.slug}`}</bdi>
        </p>
        {mayWrite && (
          <div className="col-span-full flex justify-end border-t pt-4">
            <Button type="submit" disabled={form.busy}>
              {states('save')} <Kbd keys="Mod+Enter" />
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  )
}
