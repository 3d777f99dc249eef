import type { DayClose, Drawer } from '@chairside/api'
import { Button, Card, Kbd, notify, TextArea } from '@chairside/ui'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { MoneyField } from '@/features/catalog'
import { useSlug, useWriting } from '@/lib/clinic'
import { drafts } from '@/lib/drafts'
import { carefulKeys } from '@/lib/enter'
import { FormTrouble, useForm } from '@/lib/form'
import { writeAmount } from '@/lib/money'
import { useOnce } from '@/lib/once'
import { useDraft, useDraftPlace } from '@/lib/use-draft'
import { CashCount } from './cash-count'
import { Checks } from './checks'
import { Differences } from './differences'
import { type Count, emptyCount, tally } from './model'
import { depositSlip } from './queries'
import { closeDay } from './writes'

type CountProps = { drawer: Drawer; begins: string | undefined; onDone: (close: DayClose) => void; onLookAgain: () => void }

/**
 * Count, see at once how far it is from what is expected, say why, close. Enter goes on, Ctrl+Enter closes. A count is kept while
 * somebody looks a payment up elsewhere.
 */
export function CountForm({ drawer, begins, onDone, onLookAgain }: CountProps) {
  const t = useTranslations('day.drawer')
  const clinic = useSlug()
  const { money, currency, format } = useWriting()
  const once = useOnce()
  const place = [...useDraftPlace('day-close'), drawer.date]
  const [begun] = useState(() => drafts.of(place))
  const [count, setCount] = useState(() => (begun?.more as Count | undefined) ?? emptyCount())
  const set = (next: Partial<typeof count>) => setCount(now => ({ ...now, ...next }))
  const found = tally(count, drawer, currency)
  const sum = (amount: number | undefined) => ({ amount: amount ?? 0, currency })
  const form = useForm({
    fieldOf: ({ pointer }) => pointer.slice(1).replace(/\/.*$/, ''),
    check: ({ text }) => ({
      cash: found.counted.cash === undefined ? t(count.by === 'sum' ? 'notAnAmount' : 'notACount') : undefined,
      card: found.counted.card === undefined ? t('notAnAmount') : undefined,
      kept: found.kept === undefined || found.kept < 0 ? t('notAnAmount') : undefined,
      note: found.differs && !text('note') ? t('noReason') : undefined,
    }),
    async save({ text }) {
      const checks = drawer.items.filter(item => item.method === 'check' && !count.missing.includes(item.id))
      const made = await once(
        closeDay(clinic, {
          date: drawer.date,
          begins_on: begins ?? null,
          follows_id: drawer.follows?.id ?? null,
          through: drawer.through,
          expected: drawer.expected,
          ...(count.by === 'notes' ? { cash_count: found.notes } : { cash: sum(found.counted.cash) }),
          checks: checks.map(item => item.id),
          card: sum(found.counted.card),
          kept: sum(found.kept),
          note: text('note') || null,
        }),
      )
      draft.drop()
      notify({
        tone: 'ok',
        title: t('done'),
        about: t('doneAbout', { sum: money(sum(found.deposit)) }),
        offers: [{ label: t('slip'), run: () => window.open(depositSlip(clinic, made.id), '_blank') }],
      })
      onDone(made)
    },
  })
  const draft = useDraft({ place, form: form.props.ref, found: begun, more: count })
  const untouched = (method: 'cash' | 'check' | 'card') =>
    (method === 'card' && !count.card) ||
    (method === 'cash' && !(count.by === 'notes' ? Object.values(count.notes).some(Boolean) : count.sum))
  const rows = (['cash', 'check', 'card'] as const).map(method => ({
    method,
    expected: found.expected[method],
    // Nothing was counted yet is another thing than nothing is there.
    ...(untouched(method) ? {} : { counted: found.counted[method], difference: found.difference[method] }),
  }))
  return (
    <form
      {...form.props}
      onInput={(event: FormEvent<HTMLFormElement>) => {
        form.props.onInput(event)
        draft.onInput(event)
      }}
      onKeyDown={carefulKeys(form)}
      className="grid gap-4"
    >
      <FormTrouble form={form} />
      {form.trouble && (
        <Button variant="outline" className="w-fit" onClick={onLookAgain}>
          {t('again')}
        </Button>
      )}
      <div className="grid grid-cols-[minmax(0,24rem)_minmax(0,1fr)] items-start gap-4 max-lg:grid-cols-1">
        <CashCount drawer={drawer} count={count} set={set} cash={found.counted.cash} error={form.errors.cash} />
        <div className="grid gap-4">
          <Checks drawer={drawer} count={count} set={set} sum={found.counted.check} />
          <Card title={t('card')}>
            <div className="px-4 py-3">
              <MoneyField
                {...form.field('card')}
                label={t('cardTotal')}
                value={count.card}
                onChange={event => set({ card: event.target.value })}
              />
            </div>
          </Card>
          <Card title={t('summary')}>
            <p className="flex px-4 pt-2.5 text-muted-foreground text-xs">
              <span className="me-auto">{t('openingFloat')}</span>
              <bdi className="tabular-nums">{money(drawer.opening_float)}</bdi>
            </p>
            <Differences rows={rows} transfer={drawer.expected.transfer?.amount} />
          </Card>
          <div className="grid grid-cols-[12rem_minmax(0,1fr)] gap-4 max-sm:grid-cols-1">
            <MoneyField
              {...form.field('kept')}
              label={t('kept')}
              value={count.kept || writeAmount(sum(found.kept), format)}
              onChange={event => set({ kept: event.target.value })}
            />
            <TextArea
              {...form.field('note')}
              label={t(found.differs ? 'why' : 'noteLabel')}
              required={found.differs}
              defaultValue={begun?.values.note}
              rows={2}
              maxLength={2000}
            />
          </div>
          <div className="flex flex-wrap items-center justify-end gap-3">
            <output aria-live="polite" className="me-auto font-semibold text-lg">
              {found.deposit === undefined ? '–' : t('deposit', { sum: money(sum(found.deposit)) })}
            </output>
            <Button type="submit" disabled={form.busy} className="h-9">
              {form.busy ? t('closing') : t('confirm')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
            </Button>
          </div>
        </div>
      </div>
    </form>
  )
}
