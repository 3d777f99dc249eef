import type { ContactPreference, NewContactPreference, Patient } from '@chairside/api'
import { Button, Card, Check, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { preferenceQuery } from './queries'
import { liftStop, setPreference, wishOf } from './writes'

type Props = { patient: Patient; mayWrite: boolean }

/** How a patient wants to be reached, and where alone it is safe. */
export function PreferenceCard({ patient, mayWrite }: Props) {
  const t = useTranslations('messages')
  const wish = useQuery(preferenceQuery(useSlug(), patient.id))
  return (
    <Card title={t('preferences')}>
      <Answer to={wish} compact>
        {wish => (
          <>
            {wish.stopped.map(one => (
              <Stopped key={one.id} stop={one} patient={patient} mayWrite={mayWrite} />
            ))}
            <Fields key={wish.version} wish={wish} patient={patient} mayWrite={mayWrite} />
          </>
        )}
      </Answer>
    </Card>
  )
}

/** An address to which nothing goes, until somebody who knows better says otherwise. */
function Stopped({ stop, patient, mayWrite }: Props & { stop: ContactPreference['stopped'][number] }) {
  const t = useTranslations('messages')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  return (
    <div className="grid gap-2 border-b px-4 py-3 text-sm">
      <span className="break-words text-warn">{t(`stopped.${stop.reason}`, { address: stop.address })}</span>
      {mayWrite && (
        <Button
          className="justify-self-start"
          onClick={() =>
            send(liftStop(clinic, patient.id, stop.id)).then(() => tell(t('writesAgain', { address: stop.address })), regret)
          }
        >
          {t('writeAgain')}
        </Button>
      )}
    </div>
  )
}

function Fields({ wish, patient, mayWrite }: Props & { wish: ContactPreference }) {
  const t = useTranslations('messages')
  const states = useTranslations('states')
  const clinic = useSlug()
  const tell = useTell()
  const { dayOf } = useWriting()
  const form = useForm({
    async save({ text, has }) {
      const body: NewContactPreference = {
        do_not_contact: has('do_not_contact'),
        email: has('email'),
        sms: has('sms'),
        only_email: text('only_email') || null,
        only_phone: text('only_phone') || null,
        language: (text('language') || null) as NewContactPreference['language'],
        timezone: text('timezone') || null,
      }
      const kept = await send(setPreference(clinic, patient.id, wish.version, body))
      tell(t('preferencesKept'), () => send(setPreference(clinic, patient.id, kept.version, wishOf(wish))))
    },
  })
  return (
    <form {...form.props}>
      <fieldset disabled={!mayWrite} className="grid gap-4 px-4 py-3">
        <legend className="sr-only">{t('preferences')}</legend>
        <FormTrouble form={form} />
        <Check
          name="do_not_contact"
          label={t('doNotContact')}
          hint={t('doNotContactHint')}
          defaultChecked={wish.do_not_contact}
        />
        <div className="grid gap-2">
          <Check name="email" label={t('remindByEmail')} defaultChecked={wish.email} />
          {wish.unsubscribed_at && (
            <span className="text-warn text-xs">{t('unsubscribedOn', { day: dayOf(wish.unsubscribed_at) })}</span>
          )}
          <Check name="sms" label={t('remindBySms')} defaultChecked={wish.sms} />
        </div>
        <Field
          {...form.field('only_email')}
          label={t('onlyEmail')}
          hint={t('onlyHint')}
          type="email"
          dir="ltr"
          autoComplete="off"
          defaultValue={wish.only_email ?? ''}
        />
        <Field
          {...form.field('only_phone')}
          label={t('onlyPhone')}
          type="tel"
          dir="ltr"
          autoComplete="off"
          defaultValue={wish.only_phone ?? ''}
        />
        <Field
          {...form.field('language')}
          label={t('language')}
          defaultValue={wish.language ?? ''}
          choices={[
            ['', t('asClinic')],
            ...(['en', 'ro', 'ar', 'he'] as const).map((one): [string, string] => [one, t(`languages.${one}`)]),
          ]}
        />
        <Field
          {...form.field('timezone')}
          label={t('timezone')}
          defaultValue={wish.timezone ?? ''}
          choices={[['', t('asClinic')], ...Intl.supportedValuesOf('timeZone').map((one): [string, string] => [one, one])]}
        />
        {mayWrite && (
          <Button type="submit" disabled={form.busy} className="justify-self-end">
            {states('save')}
          </Button>
        )}
      </fieldset>
    </form>
  )
}
