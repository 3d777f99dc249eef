import { Button, Dialog, DialogFoot, Field, notify } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { latin } from '@/lib/digits'
import { FormTrouble, useForm } from '@/lib/form'
import { beginAuthenticator, confirmAuthenticator } from './writes'

/** A picture for the app's camera, or a secret to type; it counts as soon as the app has shown a code of it. */
export function AuthenticatorDialog({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const t = useTranslations('security')
  const states = useTranslations('states')
  const begun = useQuery({
    queryKey: ['new-authenticator'],
    queryFn: beginAuthenticator,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  return (
    <Dialog open onClose={onClose} title={t('addAuthenticator')} about={t('scan')} close={states('close')} className="max-w-md">
      <Answer to={begun} compact>
        {({ qr, secret }) => <Confirm qr={qr} secret={secret} onClose={onClose} onAdded={onAdded} />}
      </Answer>
    </Dialog>
  )
}

type ConfirmProps = { qr: { side: number; path: string }; secret: string; onClose: () => void; onAdded: () => void }

function Confirm({ qr, secret, onClose, onAdded }: ConfirmProps) {
  const t = useTranslations('security')
  const states = useTranslations('states')
  const id = useId()
  const form = useForm({
    async save({ text }) {
      await confirmAuthenticator(latin(text('code')))
      notify({ tone: 'ok', title: t('authenticatorAdded') })
      onClose()
      onAdded()
    },
  })
  return (
    <form {...form.props} className="contents">
      <div className="grid gap-4 overflow-y-auto px-5 pt-4 pb-5">
        {/* Dark on light in any theme: a camera reads nothing else. */}
        <svg viewBox={`0 0 ${qr.side} ${qr.side}`} className="mx-auto w-48 rounded-md border" role="img">
          <title>{t('qr')}</title>
          <rect width={qr.side} height={qr.side} fill="#fff" />
          <path d={qr.path} fill="#000" shapeRendering="crispEdges" />
        </svg>
        {/* biome-ignore lint/a11y/useSemanticElements: what is read belongs together, and there is nothing to fill in */}
        <div role="group" aria-labelledby={id} className="grid gap-1.5">
          <span id={id} className="font-medium text-sm">
            {t('secret')}
          </span>
          <div className="flex items-center gap-2 rounded-md border bg-surface py-1.5 ps-3 pe-1.5">
            <code dir="ltr" className="me-auto min-w-0 select-all break-words text-start font-mono text-sm">
              {secret.replace(/.{4}(?=.)/g, '$& ')}
            </code>
            {'clipboard' in navigator && (
              <Button
                size="sm"
                variant="ghost"
                onClick={() => navigator.clipboard.writeText(secret).then(() => notify({ tone: 'ok', title: t('copied') }))}
              >
                <Copy aria-hidden /> {t('copy')}
              </Button>
            )}
          </div>
          <span className="text-muted-foreground text-xs">{t('secretHint')}</span>
        </div>
        <FormTrouble form={{ ...form, errors: {} }} />
        <Field
          {...form.field('code')}
          label={t('code')}
          hint={t('firstCodeHint')}
          dir="ltr"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={20}
          required
          autoFocus
        />
      </div>
      <DialogFoot>
        <Button variant="outline" onClick={onClose}>
          {states('cancel')}
        </Button>
        <Button type="submit" disabled={form.busy}>
          {t('confirm')}
        </Button>
      </DialogFoot>
    </form>
  )
}
