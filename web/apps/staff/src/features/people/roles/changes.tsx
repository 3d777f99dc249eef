import type { RoleChange } from '@chairside/api'
import { Minus, Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { usePermissionWords } from './use-permission-words'

const MOST_NAMED = 5
type People = RoleChange['gained']

/** Who gains and who loses what, by name, before anything is saved. */
export function Changes({ of }: { of: readonly RoleChange[] }) {
  const t = useTranslations('roles')
  const words = usePermissionWords()
  const named = (people: People) => {
    const names = people
      .slice(0, MOST_NAMED)
      .map(one => one.name)
      .join(', ')
    const rest = people.length - MOST_NAMED
    return rest > 0 ? t('more', { names, count: rest }) : names
  }
  const line = (kind: 'gain' | 'lose', { permission }: RoleChange, people: People) =>
    people.length > 0 && (
      <li key={`${kind} ${permission}`} className="flex gap-2">
        {kind === 'gain' ? <Plus aria-hidden className="mt-0.5 size-4" /> : <Minus aria-hidden className="mt-0.5 size-4" />}
        <span className="grid min-w-0 flex-1">
          <span className="font-medium">{t(kind, { count: people.length, permission: words.say(permission) })}</span>
          <bdi className="text-xs">{named(people)}</bdi>
        </span>
      </li>
    )
  return (
    <section
      ref={node => node?.scrollIntoView({ block: 'nearest' })}
      aria-live="polite"
      className="grid scroll-mt-4 gap-2 rounded-md bg-warn-soft px-3 py-2.5 text-sm text-warn"
    >
      <h3 className="font-semibold">{t('changes')}</h3>
      {of.length === 0 && <p>{t('changesNothing')}</p>}
      <ul className="grid gap-2">
        {of.map(one => line('gain', one, one.gained))}
        {of.map(one => line('lose', one, one.lost))}
      </ul>
    </section>
  )
}
