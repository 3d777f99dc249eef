import type { Patient } from '@chairside/api'
import { Button, Dialog, DialogFoot } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FormTrouble, useForm } from '@/lib/form'
import { factsOf, type PatientFacts } from './model'
import { nameOf } from './queries'
import { useFactWords } from './use-fact-words'

type Fact = keyof PatientFacts
type Props = {
  conflicts: Fact[]
  mine: Partial<PatientFacts>
  theirs: Patient
  onDecide: (kept: Partial<PatientFacts>) => Promise<void>
  onClose: () => void
}

/** Somebody else saved this patient meanwhile: field by field, which one is right. Nothing is overwritten unseen. */
export function ConflictDialog({ conflicts, mine, theirs, onDecide, onClose }: Props) {
  const t = useTranslations('patients')
  const states = useTranslations('states')
  const words = useFactWords()
  const [keeps, setKeeps] = useState<Partial<Record<Fact, 'mine' | 'theirs'>>>({})
  const other = factsOf(theirs)
  const open = conflicts.filter(fact => !keeps[fact])
  const form = useForm({
    async save() {
      await onDecide(Object.fromEntries(conflicts.flatMap(fact => (keeps[fact] === 'mine' ? [[fact, mine[fact]]] : []))))
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('conflict', { name: nameOf(theirs) })}
      about={t('conflictAbout')}
      close={states('close')}
      className="max-w-2xl"
    >
      <form {...form.props} className="flex min-h-0 flex-col">
        <div className="grid gap-4 overflow-y-auto px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          {conflicts.map((fact, index) => (
            <fieldset key={fact} className="grid grid-cols-2 gap-2 max-sm:grid-cols-1">
              <legend className="mb-1.5 font-medium text-sm">{words.name(fact)}</legend>
              {(['mine', 'theirs'] as const).map((side, at) => (
                <label
                  key={side}
                  className="flex items-start gap-2.5 rounded-md border px-3 py-2 text-sm has-checked:border-primary has-checked:bg-accent has-focus-visible:outline-2 has-focus-visible:outline-ring"
                >
                  <input
                    type="radio"
                    name={fact}
                    autoFocus={index + at === 0}
                    checked={keeps[fact] === side}
                    onChange={() => setKeeps({ ...keeps, [fact]: side })}
                    className="mt-0.5 size-4 accent-primary"
                  />
                  <span className="grid min-w-0">
                    <span className="text-muted-foreground text-xs">{t(side)}</span>
                    <span dir="auto" className="whitespace-pre-wrap break-words">
                      {words.value(fact, side === 'mine' ? mine[fact] : other[fact])}
                    </span>
                  </span>
                </label>
              ))}
            </fieldset>
          ))}
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={open.length > 0 || form.busy}>
            {t('keepChosen')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
