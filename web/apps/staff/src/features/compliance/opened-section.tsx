import type { Patient } from '@chairside/api'
import { Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ScrollText } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useRolesOf } from '@/features/people'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { Rows } from '@/shell/page'
import { openedQuery } from './queries'
import { useActorWords, useEntityWords } from './use-sentence'

/** Who opened a patient's record, changed it or was shown it in a list, day by day. */
export function OpenedSection({ patient }: { patient: Patient }) {
  const t = useTranslations('audit')
  const clinic = useSlug()
  const { day, time, format } = useWriting()
  const opened = useQuery(openedQuery(clinic, patient.id))
  const actor = useActorWords()
  const entity = useEntityWords()
  const rolesOf = useRolesOf()
  const list = new Intl.ListFormat(format, { type: 'unit' })
  return (
    <div className="mx-auto grid max-w-5xl gap-3 px-6 pt-5 pb-16 max-sm:px-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p className="me-auto max-w-prose text-muted-foreground text-sm">{t('openedAbout')}</p>
        <Link
          to="/c/$clinic/admin/audit"
          params={{ clinic }}
          search={{ patient: patient.id }}
          className="inline-flex min-h-6 items-center font-medium text-primary text-sm underline-offset-4 hover:underline"
        >
          {t('everyEvent')}
        </Link>
      </div>
      <Answer to={opened}>
        {items =>
          items.length === 0 ? (
            <Empty icon={ScrollText} title={t('nobody')} />
          ) : (
            <Rows
              caption={t('opened')}
              heads={[
                { label: t('when') },
                { label: t('who') },
                { label: t('did') },
                { label: t('through'), className: 'max-sm:hidden' },
              ]}
            >
              {items.map(one => (
                <tr key={`${one.day} ${one.actor.id} ${one.way}`} className="border-b *:px-4 *:py-2 *:align-top">
                  <td className="whitespace-nowrap text-muted-foreground max-sm:whitespace-normal">
                    {day(one.day)}
                    <span className="block text-xs tabular-nums">
                      <bdi>
                        {time(one.first_at)}
                        {one.times > 1 && ` – ${time(one.last_at)}`}
                      </bdi>
                    </span>
                  </td>
                  <th scope="row" className="text-start font-medium">
                    {actor(one.actor)}
                    {one.roles.length > 0 && (
                      <span className="block font-normal text-muted-foreground text-xs">{rolesOf(one.roles)}</span>
                    )}
                  </th>
                  <td>{t(`ways.${one.way}`, { count: one.times })}</td>
                  <td className="text-muted-foreground max-sm:hidden">{list.format(one.entities.map(entity))}</td>
                </tr>
              ))}
            </Rows>
          )
        }
      </Answer>
    </div>
  )
}
