import { change, type Security } from '@chairside/api'
import { Button } from '@chairside/ui'
import { LogIn } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { inside } from '@/lib/inside'
import { send } from '@/lib/server'

/** Providers that may ask once more who this is: like the password, only of whoever has no second factor. */
export const providersOf = ({ has_totp, passkeys, providers }: Security) => (has_totp || passkeys.length ? [] : providers)

/** This page, without what an earlier way back told on it. */
export function here() {
  const search = new URLSearchParams(location.search)
  for (const told of ['outside', 'proof', 'provider']) search.delete(told)
  return inside(location.pathname + (search.size ? `?${search}` : ''))
}

/** By an account that is linked, whose provider asks anew; one leaves the page for it. No form: it stands in one. */
export function ProveElsewhere({ providers }: { providers: Security['providers'] }) {
  const t = useTranslations('security')
  const [busy, setBusy] = useState(false)
  const regret = useRegret()
  if (!providers.length) return null
  const go = (provider: string) => {
    setBusy(true)
    const trip = change('post', '/session/proof/{provider}', { params: { provider }, body: { back: here() }, touches: [] })
    send(trip)
      .then(({ address }) => location.assign(address), regret)
      .finally(() => setBusy(false))
  }
  return (
    <div className="grid gap-3">
      {providers.map(({ key, name }) => (
        <div key={key} className="grid gap-2">
          <Button variant="outline" className="h-9" disabled={busy} onClick={() => go(key)}>
            <LogIn aria-hidden className="rtl:-scale-x-100" />
            <span dir="auto" className="truncate">
              {t('confirmWith', { name })}
            </span>
          </Button>
          <p className="text-muted-foreground text-xs">{t('confirmAbout', { name })}</p>
        </div>
      ))}
    </div>
  )
}
