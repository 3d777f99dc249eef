import { Button, Field, Kbd } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { ServiceFields, useSaveService } from '@/features/catalog'
import { addOperatory, addProvider, changeOperatory, changeProvider } from '@/features/scheduling'
import { useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useSession } from '@/lib/session'
import { useTell } from '@/lib/tell'

type StepProps = { onSaved: () => void }

const Save = ({ busy }: { busy: boolean }) => {
  const t = useTranslations('states')
  return (
    <Button type="submit" disabled={busy} className="justify-self-end">
      {t('save')} <Kbd keys="Mod+Enter" />
    </Button>
  )
}

/** The owner of a small practice is usually its dentist, so their name is proposed. */
export function ProviderStep({ onSaved }: StepProps) {
  const t = useTranslations('setup')
  const clinic = useSlug()
  const { principal } = useSession()
  const tell = useTell()
  const form = useForm({
    async save({ text }) {
      const made = await send(addProvider(clinic, { name: text('name'), title: text('title') || null }))
      tell(t('kept', { name: made.name }), () => send(changeProvider(clinic, made, { active: false })))
      onSaved()
    },
  })
  return (
    <form {...form.props} className="grid gap-4">
      <FormTrouble form={form} />
      <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-3">
        <Field {...form.field('title')} label={t('title')} dir="auto" autoComplete="off" />
        <Field
          {...form.field('name')}
          label={t('providerName')}
          defaultValue={principal.name}
          required
          autoFocus
          onFocus={event => event.target.select()}
          dir="auto"
          autoComplete="off"
        />
      </div>
      <Save busy={form.busy} />
    </form>
  )
}

export function OperatoryStep({ next, onSaved }: StepProps & { next: number }) {
  const t = useTranslations('setup')
  const clinic = useSlug()
  const tell = useTell()
  const form = useForm({
    async save({ text }) {
      const made = await send(addOperatory(clinic, text('name')))
      tell(t('kept', { name: made.name }), () => send(changeOperatory(clinic, made, { active: false })))
      onSaved()
    },
  })
  return (
    <form {...form.props} className="grid gap-4">
      <FormTrouble form={form} />
      <Field
        {...form.field('name')}
        label={t('operatoryName')}
        hint={t('operatoryHint')}
        defaultValue={t('operatoryNumbered', { number: next })}
        required
        autoFocus
        onFocus={event => event.target.select()}
        dir="auto"
        autoComplete="off"
      />
      <Save busy={form.busy} />
    </form>
  )
}

export function ServiceStep({ onSaved }: StepProps) {
  const t = useTranslations('setup')
  const tell = useTell()
  const { check, save, fieldOf } = useSaveService()
  const form = useForm({
    check,
    fieldOf,
    async save(given) {
      const saved = await save(given, () => {})
      if (saved) tell(t('kept', { name: saved.kept.name }), saved.back)
      onSaved()
    },
  })
  return (
    <form {...form.props} className="grid gap-4">
      <FormTrouble form={form} />
      <ServiceFields form={form} brief />
      <Save busy={form.busy} />
    </form>
  )
}
