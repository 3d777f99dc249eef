import type { Service } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { ListPlus, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { Keys } from '@/lib/keys'
import { useTell } from '@/lib/tell'
import { Page, Row, Rows } from '@/shell/page'
import { SheetForm } from '@/shell/sheet-form'
import { servicesQuery } from './queries'
import { ServiceFields } from './service-fields'
import { useSaveService } from './use-save-service'

/** What the clinic does. */
export function ServicesScreen() {
  const t = useTranslations('setup')
  const schedule = useTranslations('schedule')
  const group = useTranslations('shell.groups')('practice')
  const writing = useWriting()
  const mayWrite = useMay('clinic.write')
  const services = useQuery(servicesQuery(useSlug()))
  const [open, setOpen] = useState<Service | 'new'>()
  useCommands(mayWrite ? [{ id: 'add-service', group, label: t('addService'), run: () => setOpen('new') }] : [])
  const add = mayWrite && (
    <Button onClick={() => setOpen('new')}>
      <Plus aria-hidden /> {t('addService')} <Keys of="add-service" className="max-sm:hidden" />
    </Button>
  )
  return (
    <Page title={t('services')} about={t('servicesAbout')} end={add}>
      <Answer to={services}>
        {items =>
          items.length === 0 ? (
            <Empty icon={ListPlus} title={t('noServices')} about={t('servicesAbout')}>
              {add}
            </Empty>
          ) : (
            <Rows
              caption={t('services')}
              heads={[
                { label: t('serviceName') },
                { label: t('code'), className: 'max-sm:hidden' },
                { label: t('duration'), className: 'text-end!' },
                { label: t('price'), className: 'text-end!' },
              ]}
            >
              {items.map(service => (
                <Row
                  key={service.id}
                  name={service.name}
                  inactive={!service.active && t('inactive')}
                  onOpen={mayWrite ? () => setOpen(service) : undefined}
                >
                  <td className="text-muted-foreground max-sm:hidden">
                    <bdi>{service.code}</bdi>
                  </td>
                  <td className="whitespace-nowrap text-end">{schedule('minutes', { count: service.duration_minutes })}</td>
                  <td className="text-end">
                    <bdi>{writing.money(service.price)}</bdi>
                  </td>
                </Row>
              ))}
            </Rows>
          )
        }
      </Answer>
      {open && <ServiceSheet service={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Page>
  )
}

function ServiceSheet({ service, onClose }: { service?: Service; onClose: () => void }) {
  const t = useTranslations('setup')
  const tell = useTell()
  const regret = useRegret()
  const { check, save, activate, fieldOf } = useSaveService(service)
  const form = useForm({
    check,
    fieldOf,
    async save(given) {
      const saved = await save(given, form.setTrouble)
      if (!saved) return
      tell(t('kept', { name: saved.kept.name }), saved.back)
      onClose()
    },
  })
  const toggle = () =>
    service &&
    activate(!service.active, service).then(kept => {
      tell(t(kept.active ? 'inUseAgain' : 'outOfUse', { name: kept.name }), () => activate(!kept.active, kept))
      onClose()
    }, regret)
  return (
    <SheetForm
      title={service?.name ?? t('addService')}
      form={form}
      onClose={onClose}
      start={
        service && (
          <Button variant={service.active ? 'destructive' : 'outline'} onClick={toggle}>
            {service.active ? t('deactivate') : t('activate')}
          </Button>
        )
      }
    >
      <ServiceFields form={form} service={service} />
    </SheetForm>
  )
}
