import { Button, Card, notify } from '@chairside/ui'
import { Plus, RefreshCw, Smartphone, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { AuthenticatorDialog } from './authenticator-dialog'
import { Sure } from './sure'
import { removeAuthenticator } from './writes'

/** `last`: without it nothing but the password is left. */
type AuthenticatorProps = { has: boolean; last: boolean; onAdded: () => void }

export function AuthenticatorCard({ has, last, onAdded }: AuthenticatorProps) {
  const t = useTranslations('security')
  const [open, setOpen] = useState<'add' | 'remove'>()
  const close = () => setOpen(undefined)
  return (
    <Card
      title={t('authenticator')}
      end={
        !has && (
          <Button size="sm" variant="ghost" onClick={() => setOpen('add')}>
            <Plus aria-hidden /> {t('addAuthenticator')}
          </Button>
        )
      }
    >
      <p className="px-4 pt-3 pb-3 text-muted-foreground text-sm">{t('authenticatorAbout')}</p>
      {has && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t px-4 py-2 text-sm">
          <Smartphone aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <span className="me-auto font-medium">{t('authenticatorIn')}</span>
          <span className="flex gap-1">
            <Button size="sm" variant="ghost" onClick={() => setOpen('add')}>
              <RefreshCw aria-hidden /> {t('replaceAuthenticator')}
            </Button>
            <Button size="sm" variant="ghost" onClick={() => setOpen('remove')}>
              <Trash2 aria-hidden /> {t('remove')} <span className="sr-only">{t('authenticator')}</span>
            </Button>
          </span>
        </div>
      )}
      {open === 'add' && <AuthenticatorDialog onClose={close} onAdded={onAdded} />}
      {open === 'remove' && (
        <Sure
          title={t('removeAuthenticator')}
          about={last ? t('removeLastAbout') : t('removeAuthenticatorAbout')}
          yes={t('remove')}
          onYes={() => removeAuthenticator().then(() => notify({ tone: 'ok', title: t('authenticatorRemoved') }))}
          onClose={close}
        />
      )}
    </Card>
  )
}
