import { Banner, Button, Dialog, DialogFoot, Field, Kbd, notify, TextArea } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Paperclip } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { carefulKeys } from '@/lib/enter'
import { FormTrouble } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { type Paper, proposalQuery, sendPaper } from './letters'
import { useMoneyForm } from './use-money-form'

type Proposal = { to: string | null; addresses: string[]; subject: string; text: string; attachment: string }
type Props = { paper: Paper; what: string; onClose: () => void }

/** A paper by e-mail: everything is proposed, everything can be changed before it goes. */
export function SendDialog({ paper, what, onClose }: Props) {
  const t = useTranslations('letters')
  const states = useTranslations('states')
  const proposal = useQuery(proposalQuery(useSlug(), paper))
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title', { what })}
      about={t('language')}
      close={states('close')}
      className="max-w-xl"
    >
      <Answer to={proposal} compact>
        {found => <Letter {...found} paper={paper} onClose={onClose} />}
      </Answer>
    </Dialog>
  )
}

function Letter({ paper, onClose, ...found }: Proposal & { paper: Paper; onClose: () => void }) {
  const t = useTranslations('letters')
  const states = useTranslations('states')
  const clinic = useSlug()
  const once = useOnce()
  const form = useMoneyForm({
    async save({ text }) {
      const made = await once(sendPaper(clinic, paper, { to: text('to'), subject: text('subject'), text: text('text') }))
      notify({ tone: 'ok', title: t('sending', { to: made.to }) })
      onClose()
    },
  })
  return (
    <form {...form.props} onKeyDown={carefulKeys(form)} className="flex min-h-0 flex-1 flex-col">
      <div className="grid min-h-0 gap-4 overflow-y-auto px-5 pt-4 pb-5">
        <FormTrouble form={form} />
        {!found.to && <Banner tone="info" title={t('noAddress')} />}
        <Field
          {...form.field('to')}
          label={t('to')}
          type="email"
          dir="ltr"
          defaultValue={found.to ?? ''}
          list="letter-addresses"
          required
          autoFocus
          autoComplete="off"
          maxLength={254}
        />
        <datalist id="letter-addresses">
          {found.addresses.map(address => (
            <option key={address} value={address} />
          ))}
        </datalist>
        <Field {...form.field('subject')} label={t('subject')} dir="auto" defaultValue={found.subject} required maxLength={200} />
        <TextArea {...form.field('text')} label={t('text')} defaultValue={found.text} required rows={9} maxLength={10_000} />
        <p className="flex items-center gap-1.5 text-muted-foreground text-sm">
          <Paperclip aria-hidden className="size-4" />
          {t.rich('attached', { name: found.attachment })}
        </p>
      </div>
      <DialogFoot>
        <Button variant="outline" onClick={onClose}>
          {states('back')}
        </Button>
        <Button type="submit" disabled={form.busy}>
          {t('confirm')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
        </Button>
      </DialogFoot>
    </form>
  )
}
