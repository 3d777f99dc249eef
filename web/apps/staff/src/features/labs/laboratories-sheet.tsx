import type { Laboratory } from '@chairside/api'
import { Button, Check, Dialog, Field } from '@chairside/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { laboratoriesQuery } from './queries'
import { addLaboratory, changeLaboratory } from './writes'

/** Who makes what is made elsewhere. */
export function LaboratoriesSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('labs')
  const states = useTranslations('states')
  const mayWrite = useMay('labs.write')
  const all = useQuery(laboratoriesQuery(useSlug()))
  const [open, setOpen] = useState<{ one?: Laboratory }>()
  if (open) return <LaboratorySheet one={open.one} onClose={() => setOpen(undefined)} />
  return (
    <Dialog open onClose={onClose} at="end" title={t('laboratories')} close={states('close')}>
      <div className="grid min-h-0 flex-1 content-start gap-3 overflow-y-auto px-5 pt-4 pb-6">
        {mayWrite && (
          <Button variant="outline" className="justify-self-start" onClick={() => setOpen({})}>
            <Plus aria-hidden /> {t('addLaboratory')}
          </Button>
        )}
        <Answer to={all} compact>
          {items =>
            items.length === 0 ? (
              <p className="text-muted-foreground text-sm">{t('noLaboratories')}</p>
            ) : (
              <ul className="divide-y rounded-md border" aria-label={t('laboratories')}>
                {items.map(one => (
                  <li key={one.id} className="flex items-center gap-2 px-3 py-2 text-sm">
                    <span className="grid min-w-0 flex-1">
                      <bdi className={one.active ? 'font-medium' : 'text-muted-foreground line-through'}>{one.name}</bdi>
                      <span className="text-muted-foreground">
                        {t('usually', { count: one.usual_days })}
                        {one.phone && (
                          <>
                            {' · '}
                            <bdi dir="ltr">{one.phone}</bdi>
                          </>
                        )}
                        {one.email && (
                          <>
                            {' · '}
                            <bdi dir="ltr">{one.email}</bdi>
                          </>
                        )}
                      </span>
                    </span>
                    {mayWrite && (
                      <Button size="sm" variant="ghost" onClick={() => setOpen({ one })}>
                        {t('change')}
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Answer>
      </div>
    </Dialog>
  )
}

type Facts = Pick<Laboratory, 'name' | 'phone' | 'email' | 'usual_days' | 'active'>
const factsOf = ({ name, phone, email, usual_days, active }: Laboratory): Facts => ({ name, phone, email, usual_days, active })

function LaboratorySheet({ one, onClose }: { one?: Laboratory; onClose: () => void }) {
  const t = useTranslations('labs')
  const clinic = useSlug()
  const client = useQueryClient()
  const tell = useTell()
  const met = useMetWords()
  const over = useOver({
    opened: one ?? ({} as Laboratory),
    factsOf,
    read: async () => {
      const all = await client.fetchQuery({ ...laboratoriesQuery(clinic), staleTime: 0 })
      return all.find(each => each.id === one?.id) as Laboratory
    },
    write: (changes, version) => send(changeLaboratory(clinic, { id: one?.id ?? '', version }, changes)),
  })
  const form = useForm({
    async save({ text, has }) {
      const facts = {
        name: text('name'),
        phone: text('phone') || null,
        email: text('email') || null,
        usual_days: Number(text('usual_days')),
      }
      if (!one) {
        const made = await send(addLaboratory(clinic, facts))
        const gone = () => send(changeLaboratory(clinic, made, { active: false }))
        tell(t('did.laboratory', { name: made.name }), gone)
        return onClose()
      }
      const { kept, back, theirs } = await over({ ...facts, active: has('active') })
      if (theirs) {
        const names = Object.keys(theirs) as (keyof Facts)[]
        return form.setTrouble(met(names.map(name => [t(`laboratory.${name}`), String(theirs[name] ?? '')])))
      }
      if (kept) tell(t('did.laboratory', { name: kept.name }), back)
      onClose()
    },
  })
  return (
    <SheetForm title={one?.name ?? t('addLaboratory')} form={form} onClose={onClose}>
      <Field
        {...form.field('name')}
        label={t('laboratory.name')}
        required
        autoFocus
        maxLength={200}
        dir="auto"
        defaultValue={one?.name}
      />
      <Field
        {...form.field('phone')}
        label={t('laboratory.phone')}
        type="tel"
        maxLength={40}
        dir="ltr"
        defaultValue={one?.phone ?? ''}
      />
      <Field
        {...form.field('email')}
        label={t('laboratory.email')}
        type="email"
        maxLength={254}
        dir="ltr"
        defaultValue={one?.email ?? ''}
      />
      <Field
        {...form.field('usual_days')}
        label={t('laboratory.usual_days')}
        type="number"
        required
        min={1}
        max={120}
        dir="ltr"
        defaultValue={one?.usual_days ?? 10}
      />
      {one && <Check name="active" label={t('laboratory.active')} defaultChecked={one.active} />}
    </SheetForm>
  )
}
