import { Check } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { rolesQuery } from './queries'
import { useRoleWords } from './use-role-words'

type Props = { chosen: readonly string[]; onChange: (roles: string[]) => void; error?: string; locked?: boolean }

/** What somebody works as; the roles that the one at the screen may not give are shown and cannot be chosen. */
export function RoleChoice({ chosen, onChange, error, locked }: Props) {
  const t = useTranslations('people')
  const say = useRoleWords()
  const roles = useQuery(rolesQuery(useSlug())).data ?? []
  const toggle = (slug: string, on: boolean) => onChange(on ? [...chosen, slug] : chosen.filter(one => one !== slug))
  return (
    <fieldset className="grid gap-2" data-field="roles" aria-invalid={error ? true : undefined} tabIndex={-1}>
      <legend className="mb-1.5 font-medium text-sm">{t('rolesField')}</legend>
      <div className="grid grid-cols-2 gap-x-4 gap-y-2 max-sm:grid-cols-1">
        {roles.map(role => (
          <Check
            key={role.slug}
            label={say(role.slug, role.name)}
            hint={
              t.has(`roleHints.${role.slug}` as 'roleHints.owner') ? t(`roleHints.${role.slug}` as 'roleHints.owner') : undefined
            }
            checked={chosen.includes(role.slug)}
            disabled={locked || (!role.assignable && !chosen.includes(role.slug))}
            onChange={event => toggle(role.slug, event.target.checked)}
          />
        ))}
      </div>
      {error && (
        <p className="flex items-start gap-1.5 text-destructive text-xs">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </fieldset>
  )
}
