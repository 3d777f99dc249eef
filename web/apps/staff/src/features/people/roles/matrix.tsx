import type { Program, Role } from '@chairside/api'
import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import { programsQuery } from '@/features/tenancy'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { useRoleWords } from '../use-role-words'
import { permissionsQuery } from './queries'
import { grouped, usePermissionWords } from './use-permission-words'

/** All roles beside each other, where there is room for it; a role by itself says the same. The names stay in sight, whichever way it is scrolled; the arrow keys scroll it, too. */
export function Matrix({ roles, onOpen }: { roles: readonly Role[]; onOpen: (role: Role) => void }) {
  const t = useTranslations('roles')
  const say = useRoleWords()
  const words = usePermissionWords()
  const clinic = useSlug()
  const permissions = useQuery(permissionsQuery(clinic))
  const mayLook = useMay('service_accounts.read')
  const programs = useQuery({ ...programsQuery(clinic), enabled: mayLook }).data?.filter(one => !one.revoked_at) ?? []
  return (
    <section aria-labelledby="side-by-side" className="grid min-w-0 gap-2 max-md:hidden">
      <h2 id="side-by-side" className="font-semibold text-base">
        {t('matrix')}
      </h2>
      <Answer to={permissions}>
        {permissions => (
          <section
            aria-label={t('matrix')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
            tabIndex={0}
            className="relative max-h-[70vh] min-w-0 overflow-auto rounded-lg border"
          >
            <table className="w-full border-separate border-spacing-0 text-sm">
              <thead className="text-xs">
                <tr className="*:sticky *:top-0 *:border-b *:bg-surface">
                  <th scope="col" className="start-0 z-20 min-w-56 px-4 text-start font-medium text-muted-foreground">
                    {t('permission')}
                  </th>
                  {roles.map(role => (
                    <th key={role.slug} scope="col" className="z-10 min-w-20 px-0.5 py-1 align-bottom font-medium">
                      <button
                        type="button"
                        onClick={() => onOpen(role)}
                        className="min-h-8 w-full max-w-40 rounded px-0.5 py-1 hover:bg-accent pointer-coarse:min-h-11"
                      >
                        <bdi>{say(role.slug, role.name)}</bdi>
                      </button>
                    </th>
                  ))}
                  {programs.length > 0 && (
                    <th scope="col" className="z-10 min-w-20 border-s px-2 py-1 align-bottom font-medium">
                      <span className="grid min-h-8 place-items-center">{t('programs')}</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {grouped(permissions).map(([group, those]) => (
                  <Fragment key={group}>
                    <tr>
                      <th
                        scope="rowgroup"
                        colSpan={roles.length + (programs.length > 0 ? 2 : 1)}
                        className="border-b bg-background px-4 pt-4 pb-1 text-start font-semibold text-xs"
                      >
                        <span className="sticky start-4">{words.group(group)}</span>
                      </th>
                    </tr>
                    {those.map(one => (
                      <tr key={one.name} className="*:border-b">
                        <th scope="row" className="sticky start-0 z-10 bg-background px-4 py-2 text-start font-normal">
                          {words.say(one.name, one.sentence)}
                        </th>
                        {roles.map(role => {
                          const permits = role.permissions.includes(one.name)
                          return (
                            <td key={role.slug} className="px-1 text-center">
                              {permits ? <Check aria-hidden className="mx-auto size-4 text-primary" /> : null}
                              <span className="sr-only">{t(permits ? 'yes' : 'no')}</span>
                            </td>
                          )
                        })}
                        {programs.length > 0 && <Programs holding={programs.filter(it => it.permissions.includes(one.name))} />}
                      </tr>
                    ))}
                  </Fragment>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </Answer>
    </section>
  )
}

/** Programs hold permissions by themselves, not by a role: how many, and on a closer look which. */
function Programs({ holding }: { holding: readonly Program[] }) {
  const t = useTranslations('roles')
  const said =
    holding.length === 0 ? t('no') : t('heldBy', { count: holding.length, names: holding.map(one => one.name).join(', ') })
  return (
    <td title={said} className="border-s text-center">
      <span aria-hidden>{holding.length || ''}</span>
      <span className="sr-only">{said}</span>
    </td>
  )
}
