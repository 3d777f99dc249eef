import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { colleaguesQuery } from '@/lib/colleagues'
import { useForm } from '@/lib/form'
import { useSession } from '@/lib/session'

/** Asks why: what is struck through stays on record with it. */
export function StrikeNote({ onStrike, onClose }: { onStrike: (reason: string) => Promise<unknown>; onClose: () => void }) {
  const t = useTranslations('notes')
  const states = useTranslations('states')
  const form = useForm({ save: ({ text }) => onStrike(text('reason')).then(onClose) })
  return (
    <Dialog open onClose={onClose} title={t('acts.strike')} about={t('strikeAbout')} close={states('close')} className="max-w-md">
      <form {...form.props}>
        <div className="px-5 pt-4 pb-5">
          <Field
            {...form.field('reason')}
            label={t('why')}
            required
            autoFocus
            maxLength={200}
            dir="auto"
            defaultValue={t('mistake')}
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

type ChooseProps = { what: 'cosigner' | 'handOver'; onChoose: (member: string) => Promise<unknown>; onClose: () => void }

/** Who else signs it, or goes on with it. */
export function ChooseColleague({ what, onChoose, onClose }: ChooseProps) {
  const t = useTranslations('notes')
  const states = useTranslations('states')
  const { principal } = useSession()
  const colleagues = useQuery(colleaguesQuery(useSlug())).data ?? []
  const form = useForm({ save: ({ text }) => onChoose(text('member')).then(onClose) })
  const choices = colleagues.filter(({ id }) => id !== principal.id).map(({ id, name }): [string, string] => [id, name])
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`acts.${what}`)}
      about={t(`abouts.${what}`)}
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="px-5 pt-4 pb-5">
          <Field {...form.field('member')} label={t('who')} required choices={[['', t('choose')], ...choices]} />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {t(`acts.${what}`)}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
