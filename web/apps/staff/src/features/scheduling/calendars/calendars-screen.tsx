import type { BookingCalendar } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { CalendarRange, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { Page, Row, Rows } from '@/shell/page'
import { resourcesQuery } from '../queries'
import { CalendarSheet } from './calendar-sheet'
import { calendarsQuery } from './queries'

/** How visits of a kind are offered. */
export function CalendarsScreen() {
  const t = useTranslations('calendars')
  const setup = useTranslations('setup')
  const group = useTranslations('shell.groups')('practice')
  const clinic = useSlug()
  const mayWrite = useMay('clinic.write')
  const calendars = useQuery(calendarsQuery(clinic))
  const resources = useQuery(resourcesQuery(clinic)).data
  const [open, setOpen] = useState<BookingCalendar | 'new'>()
  useCommands(mayWrite ? [{ id: 'add-calendar', group, label: t('add'), run: () => setOpen('new') }] : [])
  const add = mayWrite && (
    <Button onClick={() => setOpen('new')}>
      <Plus aria-hidden /> {t('add')} <Keys of="add-calendar" className="max-sm:hidden" />
    </Button>
  )
  const named = (list: { id: string; name: string }[] | undefined, ids: string[]) =>
    ids.map(id => list?.find(one => one.id === id)?.name ?? '').join(', ')
  return (
    <Page title={t('title')} about={t('about')} end={add}>
      <Answer to={calendars}>
        {items =>
          items.length === 0 ? (
            <Empty icon={CalendarRange} title={t('none')} about={t('noneAbout')}>
              {add}
            </Empty>
          ) : (
            <Rows
              caption={t('title')}
              heads={[
                { label: t('name') },
                { label: t('services'), className: 'max-sm:hidden' },
                { label: t('who') },
                { label: t('strategy'), className: 'max-md:hidden' },
              ]}
            >
              {items.map(one => (
                <Row
                  key={one.id}
                  name={one.name}
                  inactive={!one.active && setup('inactive')}
                  onOpen={mayWrite ? () => setOpen(one) : undefined}
                >
                  <td className="max-sm:hidden">
                    <bdi>{named(resources?.services, one.service_ids)}</bdi>
                  </td>
                  <td>
                    <bdi>
                      {named(
                        resources?.providers,
                        one.providers.map(each => each.provider_id),
                      )}
                    </bdi>
                  </td>
                  <td className="max-md:hidden">{t(`strategies.${one.strategy}`)}</td>
                </Row>
              ))}
            </Rows>
          )
        }
      </Answer>
      {open && resources && (
        <CalendarSheet calendar={open === 'new' ? undefined : open} resources={resources} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  )
}
