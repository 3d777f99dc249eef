import { change, isRefused, type Session } from '@chairside/api'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { askPasskey, signInBy } from '@/lib/by-passkey'
import { send } from '@/lib/server'
import { keep } from '@/lib/session'
import { Proof, type Way } from './proof'

/** The password was right, or a provider has vouched: what else this person has. */
export type Half = { ways: Way[]; byCode: (code: string) => Promise<Session>; provider?: string }

const known = (ways: unknown): Way[] => (['passkey', 'code'] as const).filter(way => Array.isArray(ways) && ways.includes(way))

/** Whether only the second step is missing; `byCode` sends the same again with its code. */
export function halfOf(error: unknown, byCode: Half['byCode']): Half | undefined {
  if (!isRefused(error, 'SecondFactorNeeded')) return undefined
  return { ways: known(error.problem.facts?.ways), byCode }
}

/** The same on the way back from a provider, which has vouched in this browser. */
export function halfOfTold(told: { code: string; provider: string; ways: string[] } | undefined): Half | undefined {
  if (told?.code !== 'SecondFactorNeeded') return undefined
  const step = (code: string) => change('post', '/session/second-step', { params: {}, body: { code }, touches: [] })
  return { ways: known(told.ways), provider: told.provider, byCode: async code => keep(await send(step(code))) }
}

type SecondStepProps = {
  half: Half
  onDone: (session: Session) => unknown
  submit?: string
  leave?: ReactNode
  inDialog?: boolean
}

export function SecondStep({ half, onDone, submit, ...rest }: SecondStepProps) {
  const t = useTranslations('identity')
  return (
    <Proof
      {...rest}
      ways={half.ways}
      ask={askPasskey}
      submit={submit ?? t('signIn')}
      give={async given =>
        onDone(await ('passkey' in given ? signInBy(given.passkey) : half.byCode('code' in given ? given.code : '')))
      }
    />
  )
}
