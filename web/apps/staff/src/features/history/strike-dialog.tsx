import type { HistoryEntry } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useForm } from '@/lib/form'
import { useEntryWords } from './use-entry-words'

type StrikeProps = { entry: HistoryEntry; onStrike: (reason: string) => Promise<unknown>; onClose: () => void }

/** Asks why: what is struck through stays on record with it. */
export function StrikeDialog({ entry, onStrike, onClose }: StrikeProps) {
  const t = useTranslations('history')
  const alerts = useTranslations('alerts')
  const states = useTranslations('states')
  const words = useEntryWords()
  const form = useForm({ save: ({ text }) => onStrike(text('reason')).then(onClose) })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('strikeTitle', { name: words.name(entry) })}
      about={t('strikeAbout')}
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="px-5 pt-4 pb-5">
          <Field
            {...form.field('reason')}
            label={t('why')}
            required
            autoFocus
            maxLength={200}
            dir="auto"
            defaultValue={alerts('mistake')}
            onFocus={event => event.currentTarget.select()}
          />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" variant="destructive" disabled={form.busy}>
            {t('strikeDo')} <Kbd keys="Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
