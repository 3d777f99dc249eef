import type { Change } from '@chairside/offline'
import { Banner, Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { LogIn } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { deploymentQuery } from '@/lib/deployment'
import { FormTrouble, useForm } from '@/lib/form'
import { useRefusalWords } from '@/lib/problem-words'
import { send } from '@/lib/server'
import { Or } from './proof/passkey-button'

/** Codes with which the way back from a provider ends here; what an address says otherwise is not repeated. */
const TOLD =
  /^(Outside[A-Za-z]+|Invit[A-Za-z]+|LinkUnknown|EmailTaken|NoSuchWayIn|NotSignedIn|SessionLocked|SecondFactorNeeded|TooManyRequests)$/

/** What the way back from a provider has to tell, if somebody has just come that way. */
export function useOutsideTold() {
  const search = new URLSearchParams(useLocation({ select: location => location.searchStr }))
  const code = search.get('outside') ?? ''
  return TOLD.test(code)
    ? { code, provider: search.get('provider') ?? '', ways: (search.get('ways') ?? '').split(',') }
    : undefined
}

/** The second step is a form of its own. */
export function OutsideTold({ code }: { code?: string }) {
  const words = useRefusalWords()
  const sentence = code && code !== 'SecondFactorNeeded' && words({ code, detail: '', facts: { seconds: 10 } })
  return sentence ? <Banner title={sentence} /> : null
}

/** Begins a way to a provider, whose address the answer is. */
type Begin = (provider: string) => Change & { answer?: { address: string } }

/** Above the password: the providers that may vouch for people here. */
export function OutsideButtons({ begin }: { begin: Begin }) {
  const t = useTranslations('outside')
  const providers = useQuery(deploymentQuery).data?.providers ?? []
  const told = useOutsideTold()
  if (!providers.length && !told) return null
  return (
    <div className="mt-6 grid gap-3">
      <OutsideTold code={told?.code} />
      {providers.map(({ key, name }) => (
        <OutsideButton key={key} label={t('continueWith', { name })} begin={() => begin(key)} />
      ))}
      {providers.length > 0 && <Or word={t('or')} />}
    </div>
  )
}

export function OutsideButton({ label, begin }: { label: string; begin: () => ReturnType<Begin> }) {
  const form = useForm({ save: async () => location.assign((await send(begin())).address) })
  return (
    <form {...form.props} className="grid gap-2">
      <FormTrouble form={form} />
      <Button type="submit" variant="outline" disabled={form.busy} className="h-9">
        <LogIn aria-hidden className="rtl:-scale-x-100" />
        <span dir="auto" className="truncate">
          {label}
        </span>
      </Button>
    </form>
  )
}
