import { isRefused, type NewTreatmentItem, type TreatmentItem, type TreatmentPlan } from '@chairside/api'
import { readSurfaces, toothOf, writeSurfaces } from '@chairside/dental'
import { Button, Combobox, Dialog, DialogFoot, Field, TextArea } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MoneyField } from '@/features/catalog/money-field'
import { proceduresQuery } from '@/features/catalog/procedures/queries'
import { useTeeth } from '@/features/charting/use-teeth'
import { useSlug, useWriting } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { readAmount } from '@/lib/money'
import type { PlanActs } from './use-plan-acts'
import { usePlanWords } from './use-plan-words'

type Props = { plan: TreatmentPlan; item?: TreatmentItem; instead?: TreatmentItem; acts: PlanActs; onClose: () => void }

/** One procedure of the clinic's list, with what it asks for of where: a new item, another instead of one, or one changed. */
export function ItemDialog({ plan, item, instead, acts, onClose }: Props) {
  const t = useTranslations('plans')
  const states = useTranslations('states')
  const clinic = useSlug()
  const { currency } = useWriting()
  const words = usePlanWords()
  const list = useQuery(proceduresQuery(clinic, false)).data ?? []
  const [chosen, choose] = useState(item?.procedure_id ?? '')
  const procedure = list.find(one => one.id === chosen)
  const area = procedure?.area
  const from = item ?? instead
  const counted = useTeeth()
  const number = (id: string | null | undefined) => (id ? counted.written([id]) : '')
  const form = useForm({
    check: ({ text }) => ({ tooth: counted.read(text('tooth')).trouble, through: counted.read(text('through')).trouble }),
    async save({ text }) {
      if (!procedure) return form.setErrors({ procedure_id: t('choose') })
      const [tooth = null] = counted.read(text('tooth')).teeth
      const [through = null] = counted.read(text('through')).teeth
      const read = tooth && toothOf(tooth) ? readSurfaces(text('surfaces'), toothOf(tooth) as never) : undefined
      if (area === 'surfaces' && read && 'wrong' in read)
        return form.setErrors({ surfaces: t('noSurface', { surface: read.wrong }) })
      const priced = text('price') ? readAmount(text('price'), currency) : undefined
      if (text('price') && priced === undefined) return form.setErrors({ price: t('notAPrice') })
      const body: NewTreatmentItem = {
        procedure_id: procedure.id,
        tooth,
        through,
        surfaces: read && 'surfaces' in read && area === 'surfaces' ? read.surfaces : [],
        quadrant: text('quadrant') ? Number(text('quadrant')) : null,
        arch: (text('arch') || null) as 'upper' | null,
        visits: Number(text('visits') || 1),
        note: text('note') || null,
        ...(priced === undefined ? {} : { price: { amount: priced, currency } }),
      }
      if (item) await acts.change(plan, item, body)
      else {
        const phase = plan.items.at(-1)?.phase ?? 1
        await acts.add(plan, { ...body, phase, alternative_to: instead?.id ?? null })
      }
      onClose()
    },
    fieldOf: problem => problem.pointer.split('/').find(part => /^[a-z]+(_id)?$/.test(part) && part !== 'items') ?? '',
    refused: refusal => {
      if (!isRefused(refusal, 'PlanIsStale')) return false
      form.setTrouble(t('staleForm'))
      return true
    },
  })
  const title = item
    ? t('changeTitle', { what: words.item(item) })
    : instead
      ? t('insteadTitle', { what: words.item(instead) })
      : t('add')
  return (
    <Dialog open onClose={onClose} title={title} close={states('close')}>
      <form {...form.props} className="flex min-h-0 flex-col">
        <div className="grid gap-3 overflow-y-auto px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <Combobox
            label={t('procedure')}
            value={chosen}
            onChange={choose}
            error={form.errors.procedure_id}
            nothing={t('noProcedure')}
            shown={item?.name}
            autoFocus
            options={list.map(one => ({ value: one.id, label: `${one.code} ${one.name}` }))}
          />
          <div className="grid grid-cols-2 gap-3">
            {(area === 'tooth' || area === 'surfaces' || area === 'tooth_range') && (
              <Field
                {...form.field('tooth')}
                label={t(area === 'tooth_range' ? 'fromTooth' : 'tooth')}
                dir="ltr"
                autoComplete="off"
                defaultValue={number(from?.tooth)}
              />
            )}
            {area === 'tooth_range' && (
              <Field
                {...form.field('through')}
                label={t('through')}
                dir="ltr"
                autoComplete="off"
                defaultValue={number(from?.through)}
              />
            )}
            {area === 'surfaces' && (
              <Field
                {...form.field('surfaces')}
                label={t('surfaces')}
                dir="ltr"
                autoComplete="off"
                defaultValue={writeSurfaces(from?.surfaces ?? [])}
              />
            )}
            {area === 'quadrant' && (
              <Field
                {...form.field('quadrant')}
                label={t('quadrant')}
                defaultValue={String(from?.quadrant ?? 1)}
                choices={([1, 2, 3, 4] as const).map((one): [string, string] => [String(one), t(`quadrants.${one}`)])}
              />
            )}
            {area === 'arch' && (
              <Field
                {...form.field('arch')}
                label={t('arch')}
                defaultValue={from?.arch ?? 'upper'}
                choices={(['upper', 'lower'] as const).map((one): [string, string] => [one, t(`arches.${one}`)])}
              />
            )}
            <MoneyField
              key={chosen}
              {...form.field('price')}
              label={t('price')}
              amount={(item?.procedure_id === chosen ? item.price : procedure?.price)?.amount}
            />
            <Field
              {...form.field('visits')}
              label={t('visits')}
              type="number"
              min={1}
              max={20}
              dir="ltr"
              defaultValue={item?.visits ?? 1}
            />
          </div>
          <TextArea
            {...form.field('note')}
            label={t('note')}
            rows={2}
            maxLength={2000}
            dir="auto"
            defaultValue={item?.note ?? ''}
          />
          {item && item.status === 'accepted' && <p className="text-muted-foreground text-sm">{t('askedAnew')}</p>}
        </div>
        <DialogFoot>
          <Button variant="ghost" onClick={onClose}>
            {states('cancel')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {t(item ? 'save' : 'addIt')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
