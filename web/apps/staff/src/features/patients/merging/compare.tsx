import type { MergePreview, Patient } from '@chairside/api'
import { Button, DialogFoot, Kbd } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { nameOf } from '../queries'
import { useFactWords } from '../use-fact-words'
import { Choice } from './choice'
import { type Chosen, keepOf, movingOf } from './model'
import { Obstacles } from './obstacles'
import { mergePatients, takeApart } from './queries'

type Props = { seen: MergePreview; onBack: () => void; onClose: () => void }

/** Both side by side: where they differ, which is right; what goes along; what stands in the way. */
export function Compare({ seen, onBack, onClose }: Props) {
  const t = useTranslations('merging')
  const states = useTranslations('states')
  const clinic = useSlug()
  const client = useQueryClient()
  const facts = useFactWords()
  const tell = useTell()
  const once = useOnce()
  const [chosen, choose] = useState<Chosen>({})
  const { patient, duplicate } = seen
  const differing = seen.fields.filter(one => one.differs)
  const alike = seen.fields.filter(one => !one.differs)
  const form = useForm({
    refused() {
      // Something came in the way meanwhile: it is said, and looked at again.
      void client.invalidateQueries({ queryKey: [clinic, 'merging'] })
      return false
    },
    async save() {
      if (seen.obstacles.length) return
      const done = await once(mergePatients(clinic, patient.id, patient.version, duplicate.id, keepOf(seen.fields, chosen)))
      tell(t('did', { name: nameOf(duplicate), into: nameOf(patient) }), () => send(takeApart(clinic, patient.id, done.id)))
      onClose()
    },
  })
  const { ref } = form.props
  // What was pressed to come here is gone.
  useEffect(() => ref.current?.querySelector<HTMLElement>('input:checked, button:enabled')?.focus(), [ref])
  return (
    <form {...form.props} className="flex min-h-0 flex-col">
      <div className="grid gap-5 overflow-y-auto px-5 pt-4 pb-5">
        <FormTrouble form={form} />
        <Obstacles of={seen.obstacles} />
        <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-3 max-sm:grid-cols-1">
          <Head of={patient} says={t('stays')} strong />
          <ArrowLeft aria-hidden className="size-5 text-muted-foreground max-sm:mx-auto max-sm:rotate-90 sm:rtl:-scale-x-100" />
          <Head of={duplicate} says={t('goes')} />
        </div>
        <Moving seen={seen} />
        {differing.length > 0 && (
          <div className="grid gap-4">
            <p className="font-medium text-muted-foreground text-xs">{t('differ')}</p>
            {differing.map(({ field, kept }) => (
              <Choice
                key={field}
                field={field}
                value={chosen[field] ?? kept}
                patient={patient}
                duplicate={duplicate}
                onChange={side => choose({ ...chosen, [field]: side })}
              />
            ))}
          </div>
        )}
        <p className="text-muted-foreground text-sm">
          {t('same', { fields: alike.map(({ field }) => facts.name(field)).join(', ') || '–' })}
        </p>
      </div>
      <DialogFoot>
        <span className="me-auto text-muted-foreground text-xs">{t('canBeTakenApart')}</span>
        <span className="flex flex-wrap justify-end gap-2">
          <Button variant="outline" disabled={form.busy} onClick={onBack}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy || seen.obstacles.length > 0}>
            {t('merge')} <Kbd keys="Mod+Enter" />
          </Button>
        </span>
      </DialogFoot>
    </form>
  )
}

function Head({ of, says, strong }: { of: Patient; says: string; strong?: boolean }) {
  const writing = useWriting()
  return (
    <div className={`grid gap-0.5 rounded-lg border px-3 py-2 ${strong ? 'border-primary bg-accent' : ''}`}>
      <span className="text-muted-foreground text-xs">{says}</span>
      <span className="wrap-anywhere font-semibold">
        <bdi>{nameOf(of)}</bdi>
      </span>
      <span className="flex flex-wrap gap-x-2 text-muted-foreground text-sm">
        {of.birth_date && <bdi>{writing.day(of.birth_date)}</bdi>}
        <bdi>#{of.register_number}</bdi>
      </span>
    </div>
  )
}

function Moving({ seen }: { seen: MergePreview }) {
  const t = useTranslations('merging')
  const moving = movingOf(seen.moving)
  return (
    <section className="grid gap-1.5">
      <h3 className="font-medium text-muted-foreground text-xs">{t('along')}</h3>
      {moving.length === 0 && <p className="text-sm">{t('nothingAlong')}</p>}
      <ul className="flex flex-wrap gap-2 empty:hidden">
        {moving.map(([kind, count]) => (
          <li key={kind} className="rounded-md bg-muted px-2.5 py-1 text-sm">
            {t(`moving.${kind}`, { count })}
          </li>
        ))}
      </ul>
    </section>
  )
}
