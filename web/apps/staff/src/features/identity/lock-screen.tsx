import { isRefused, type Security } from '@chairside/api'
import { Button, Dialog, DialogFoot, notify } from '@chairside/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { LockKeyhole } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { unlock, unlocked } from '@/lib/lock'
import { sessionQuery } from '@/lib/session'
import { useLeave } from './leave'
import { PinForm } from './pin-form'
import { Proof, type Way } from './proof/proof'
import { ProveElsewhere, providersOf } from './proof/prove-elsewhere'
import { askProof, prove, securityQuery, waysOf } from './queries'
import SignInAgain from './sign-in-again'

/** Over everything; what lies under it cannot be read, and is as it was when the screen is unlocked. */
export default function LockScreen() {
  const t = useTranslations('security')
  const identity = useTranslations('identity')
  const leave = useLeave()
  const client = useQueryClient()
  const session = useQuery(sessionQuery).data
  const [byProof, setByProof] = useState(false)
  const [ended, end] = useState(false)
  useTitle(t('locked'))
  if (!session) return null
  const { principal, has_pin, enrolled } = session
  if (ended) return <SignInAgain className="unlocks" principal={principal} onDone={unlocked} />
  // Nothing is told while it is locked; what was read before is remembered.
  const known = client.getQueryData<Security>(securityQuery.queryKey)
  const ways: Way[] = known ? waysOf(known) : enrolled ? ['passkey', 'code'] : ['password']
  const orEnd = (error: unknown) => {
    if (!isRefused(error, 'NotSignedIn')) throw error
    end(true)
  }
  const out = (
    <Button variant="ghost" className="me-auto" onClick={leave}>
      {identity('signOut')}
    </Button>
  )
  return (
    <Dialog
      open
      firm
      opaque
      onClose={() => {}}
      title={t('locked')}
      about={t('lockedAbout', { name: principal.name })}
      className="unlocks max-w-sm"
    >
      <LockKeyhole aria-hidden className="absolute end-5 top-5 size-5 text-muted-foreground" />
      {has_pin && !byProof ? (
        <>
          <PinForm give={pin => unlock(pin).then(unlocked, orEnd)} />
          <DialogFoot>
            {out}
            <Button variant="outline" onClick={() => setByProof(true)}>
              {t('withoutPin')}
            </Button>
          </DialogFoot>
        </>
      ) : (
        <Proof
          inDialog
          ways={ways}
          email={principal.email}
          ask={askProof}
          submit={t('unlock')}
          give={given =>
            prove(given).then(() => {
              unlocked()
              if (!has_pin) notify({ tone: 'ok', title: t('pinSaves'), about: t('pinSavesAbout') })
            }, orEnd)
          }
          leave={out}
          other={<ProveElsewhere providers={known ? providersOf(known) : []} />}
        />
      )}
    </Dialog>
  )
}

/** The name of the page is of what lies under it. */
function useTitle(title: string) {
  useEffect(() => {
    const before = document.title
    document.title = title
    return () => {
      document.title = before
    }
  }, [title])
}
