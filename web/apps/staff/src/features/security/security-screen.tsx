import { Banner } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { securityQuery } from '@/features/identity'
import { Answer } from '@/lib/answer'
import { AccountPage } from './account-page'
import { AuthenticatorCard } from './authenticator-card'
import { EmailCard } from './email-card'
import { OutsideIdentities } from './outside-identities'
import { PasskeysCard } from './passkeys-card'
import { PasswordCard } from './password-card'
import { PinCard } from './pin-card'
import { RecoveryCard } from './recovery-card'
import { RecoveryDialog } from './recovery-dialog'

/** What one proves oneself with. */
export function SecurityScreen() {
  const t = useTranslations('security')
  const security = useQuery(securityQuery)
  const [making, make] = useState(false)
  return (
    <AccountPage about={t('securityAbout')}>
      <Answer to={security}>
        {found => {
          const { passkeys, has_totp, has_password, codes_left } = found
          const enrolled = passkeys.length > 0 || has_totp
          // Right after the first: without codes on paper a lost phone is a lost account.
          const added = () => codes_left === 0 && make(true)
          return (
            <div className="grid gap-6">
              {!enrolled && has_password && (
                <Banner tone="info" title={t('passwordAlone')}>
                  {t('passwordAloneAbout')}
                </Banner>
              )}
              <PasskeysCard passkeys={passkeys} last={passkeys.length === 1 && !has_totp} onAdded={added} />
              <AuthenticatorCard has={has_totp} last={has_totp && passkeys.length === 0} onAdded={added} />
              <RecoveryCard left={codes_left} enrolled={enrolled} onMake={() => make(true)} />
              <PinCard />
              {has_password && <PasswordCard />}
              <EmailCard />
              <OutsideIdentities />
              {making && <RecoveryDialog left={codes_left} onClose={() => make(false)} />}
            </div>
          )
        }}
      </Answer>
    </AccountPage>
  )
}
