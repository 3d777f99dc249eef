import { Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { CircleCheck, Fingerprint, type LucideIcon, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { askProof, FrontPage, Proof, prove, SessionWatch, securityQuery, useLeave, waysOf } from '@/features/identity'
import { Answer } from '@/lib/answer'
import { canPasskey } from '@/lib/passkeys'
import { useSession } from '@/lib/session'
import { AuthenticatorDialog } from './authenticator-dialog'
import { PasskeyDialog } from './passkey-dialog'
import { RecoveryDialog } from './recovery-dialog'

/** In the place of a clinic that lets nobody in without a second factor: the way to one, and then on. */
export function SecondFactorScreen({ next }: { next?: string }) {
  const t = useTranslations('security')
  const identity = useTranslations('identity')
  const { clinics, enrolled, second_factor } = useSession()
  const leave = useLeave()
  const clinic = clinics.find(({ slug }) => slug === next?.split(/[/?]/)[2])
  return (
    <FrontPage
      title={t('factorWanted')}
      about={clinic ? t('factorWantedBy', { clinic: clinic.name }) : t('factorWantedAbout')}
      foot={
        <Button variant="ghost" size="sm" onClick={leave}>
          {identity('signOut')}
        </Button>
      }
    >
      {enrolled && second_factor ? <Done next={next} /> : enrolled ? <Show /> : <Choose />}
      <SessionWatch />
    </FrontPage>
  )
}

/** There is one, but it was not shown when this session began. */
function Show() {
  const t = useTranslations('security')
  const security = useQuery(securityQuery)
  return (
    <Answer to={security} compact>
      {found => <Proof ways={waysOf(found)} ask={askProof} give={prove} submit={t('confirm')} />}
    </Answer>
  )
}

function Choose() {
  const t = useTranslations('security')
  const [open, setOpen] = useState<'passkey' | 'app'>()
  const close = () => setOpen(undefined)
  return (
    <div className="mt-6 grid gap-4">
      {canPasskey() && (
        <Choice
          icon={Fingerprint}
          title={t('passkeys')}
          about={t('passkeysAbout')}
          label={t('addPasskey')}
          onChoose={() => setOpen('passkey')}
        />
      )}
      <Choice
        icon={Smartphone}
        title={t('authenticator')}
        about={t('authenticatorAbout')}
        label={t('addAuthenticator')}
        onChoose={() => setOpen('app')}
      />
      {open === 'passkey' && <PasskeyDialog onClose={close} onAdded={() => {}} />}
      {open === 'app' && <AuthenticatorDialog onClose={close} onAdded={() => {}} />}
    </div>
  )
}

type ChoiceProps = { icon: LucideIcon; title: string; about: string; label: string; onChoose: () => void }

function Choice({ icon: Icon, title, about, label, onChoose }: ChoiceProps) {
  return (
    <section className="grid gap-2 rounded-lg border p-4">
      <h2 className="flex items-center gap-2 font-medium text-sm">
        <Icon aria-hidden className="size-4 text-muted-foreground" /> {title}
      </h2>
      <p className="text-muted-foreground text-sm">{about}</p>
      <Button variant="outline" className="w-fit" onClick={onChoose}>
        {label}
      </Button>
    </section>
  )
}

function Done({ next }: { next?: string }) {
  const t = useTranslations('security')
  const router = useRouter()
  const left = useQuery(securityQuery).data?.codes_left
  const [making, make] = useState(false)
  return (
    <div className="mt-6 grid gap-4">
      <p role="status" className="flex items-center gap-2 text-sm">
        <CircleCheck aria-hidden className="size-4 shrink-0 text-ok" /> {t('factorThere')}
      </p>
      {left === 0 && (
        <div className="grid gap-2 rounded-lg border p-4 text-sm">
          <p className="text-muted-foreground">{t('recoveryWhy')}</p>
          <Button variant="outline" className="w-fit" onClick={() => make(true)}>
            {t('makeCodes')}
          </Button>
        </div>
      )}
      <Button className="h-9" autoFocus onClick={() => router.history.push(next ?? '/')}>
        {t('goOn')}
      </Button>
      {making && <RecoveryDialog left={0} onClose={() => make(false)} />}
    </div>
  )
}
