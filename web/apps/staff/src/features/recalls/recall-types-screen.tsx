import type { RecallType } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { BellPlus, ListChecks, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { servicesQuery } from '@/features/catalog'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { Page, Row, Rows } from '@/shell/page'
import { useIntervalWords } from './chip'
import { USUAL } from './model'
import { recallTypesQuery } from './queries'
import { RecallTypeSheet } from './recall-type-sheet'
import { addType, changeType } from './writes'

/** What patients are called in for, and how often. */
export function RecallTypesScreen() {
  const t = useTranslations('recalls')
  const setup = useTranslations('setup')
  const group = useTranslations('shell.groups')('practice')
  const clinic = useSlug()
  const mayWrite = useMay('clinic.write')
  const words = useIntervalWords()
  const types = useQuery(recallTypesQuery(clinic))
  const services = useQuery(servicesQuery(clinic)).data ?? []
  const [open, setOpen] = useState<RecallType | 'new'>()
  const begin = useUsual()
  useCommands(mayWrite ? [{ id: 'add-recall-type', group, label: t('addType'), run: () => setOpen('new') }] : [])
  const add = mayWrite && (
    <Button onClick={() => setOpen('new')}>
      <Plus aria-hidden /> {t('addType')} <Keys of="add-recall-type" className="max-sm:hidden" />
    </Button>
  )
  const nameOfService = (id: string | undefined) => services.find(one => one.id === id)?.name
  return (
    <Page title={t('types')} about={t('typesAbout')} end={add}>
      <Answer to={types}>
        {items =>
          items.length === 0 ? (
            <Empty icon={BellPlus} title={t('noTypes')} about={t('usualAbout')}>
              <span className="flex flex-wrap justify-center gap-2">
                {mayWrite && (
                  <Button variant="outline" onClick={() => void begin()}>
                    <ListChecks aria-hidden /> {t('usual')}
                  </Button>
                )}
                {add}
              </span>
            </Empty>
          ) : (
            <Rows
              caption={t('types')}
              heads={[{ label: t('typeName') }, { label: t('interval') }, { label: t('booked'), className: 'max-sm:hidden' }]}
            >
              {items.map(type => (
                <Row
                  key={type.id}
                  name={type.name}
                  inactive={!type.active && setup('inactive')}
                  onOpen={mayWrite ? () => setOpen(type) : undefined}
                >
                  <td className="whitespace-nowrap">{words(type.interval)}</td>
                  <td className="max-sm:hidden">
                    {type.service_ids.length > 0 ? (
                      <bdi>{nameOfService(type.service_ids[0])}</bdi>
                    ) : (
                      <span className="text-warn">{t('noService')}</span>
                    )}
                  </td>
                </Row>
              ))}
            </Rows>
          )
        }
      </Answer>
      {open && (
        <RecallTypeSheet type={open === 'new' ? undefined : open} services={services} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  )
}

/** Makes those that most clinics have; what is booked for each is chosen afterwards. */
function useUsual() {
  const t = useTranslations('recalls')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  return async () => {
    const made: RecallType[] = []
    try {
      for (const { word, interval } of USUAL) made.push(await send(addType(clinic, { name: t(`names.${word}`), interval })))
      tell(t('didUsual'), () => Promise.all(made.map(type => send(changeType(clinic, type, { active: false })))))
    } catch (error) {
      regret(error)
    }
  }
}
