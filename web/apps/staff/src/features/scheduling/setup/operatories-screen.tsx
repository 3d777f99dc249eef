import type { Operatory } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty, Field } from '@chairside/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Armchair, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { useForm, useMetWords } from '@/lib/form'
import { Keys } from '@/lib/keys'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { Page, Row, Rows } from '@/shell/page'
import { SheetForm } from '@/shell/sheet-form'
import { resourcesQuery } from '../queries'
import { addOperatory, changeOperatory } from './writes'

/** The rooms and chairs that patients are seen in: the columns of the schedule. */
export function OperatoriesScreen() {
  const t = useTranslations('setup')
  const group = useTranslations('shell.groups')('practice')
  const mayWrite = useMay('clinic.write')
  const resources = useQuery(resourcesQuery(useSlug()))
  const [open, setOpen] = useState<Operatory | 'new'>()
  useCommands(mayWrite ? [{ id: 'add-operatory', group, label: t('addOperatory'), run: () => setOpen('new') }] : [])
  const add = mayWrite && (
    <Button onClick={() => setOpen('new')}>
      <Plus aria-hidden /> {t('addOperatory')} <Keys of="add-operatory" className="max-sm:hidden" />
    </Button>
  )
  return (
    <Page title={t('operatories')} about={t('operatoriesAbout')} end={add} narrow>
      <Answer to={resources}>
        {({ operatories }) =>
          operatories.length === 0 ? (
            <Empty icon={Armchair} title={t('noOperatories')} about={t('operatoriesAbout')}>
              {add}
            </Empty>
          ) : (
            <Rows caption={t('operatories')} heads={[{ label: t('operatoryName') }, { label: t('state') }]}>
              {operatories.map(one => (
                <Row
                  key={one.id}
                  name={one.name}
                  inactive={!one.active && t('inactive')}
                  onOpen={mayWrite ? () => setOpen(one) : undefined}
                >
                  <td className="text-muted-foreground">{one.active ? t('inUse') : '–'}</td>
                </Row>
              ))}
            </Rows>
          )
        }
      </Answer>
      {open && <OperatorySheet operatory={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Page>
  )
}

function OperatorySheet({ operatory, onClose }: { operatory?: Operatory; onClose: () => void }) {
  const t = useTranslations('setup')
  const tell = useTell()
  const clinic = useSlug()
  const regret = useRegret()
  const met = useMetWords()
  const client = useQueryClient()
  const over = useOver({
    opened: operatory as Operatory,
    factsOf: ({ name }) => ({ name }),
    async read() {
      const { operatories } = await client.fetchQuery({ ...resourcesQuery(clinic), staleTime: 0 })
      return operatories.find(one => one.id === operatory?.id) as Operatory
    },
    write: (facts, version) => send(changeOperatory(clinic, { id: (operatory as Operatory).id, version }, facts)),
  })
  const form = useForm({
    async save({ text }) {
      const name = text('name')
      if (!operatory) {
        const made = await send(addOperatory(clinic, name))
        tell(t('kept', { name }), () => send(changeOperatory(clinic, made, { active: false })))
      } else {
        const { theirs, back } = await over({ name })
        if (theirs) return form.setTrouble(met([[t('operatoryName'), theirs.name]]))
        tell(t('kept', { name }), back)
      }
      onClose()
    },
  })
  const toggle = () =>
    operatory &&
    send(changeOperatory(clinic, operatory, { active: !operatory.active })).then(kept => {
      const back = () => send(changeOperatory(clinic, kept, { active: !kept.active }))
      tell(t(kept.active ? 'inUseAgain' : 'outOfUse', { name: kept.name }), back)
      onClose()
    }, regret)
  return (
    <SheetForm
      title={operatory?.name ?? t('addOperatory')}
      form={form}
      onClose={onClose}
      start={
        operatory && (
          <Button variant={operatory.active ? 'destructive' : 'outline'} onClick={toggle}>
            {operatory.active ? t('deactivate') : t('activate')}
          </Button>
        )
      }
    >
      <Field
        {...form.field('name')}
        label={t('operatoryName')}
        hint={t('operatoryHint')}
        defaultValue={operatory?.name}
        required
        autoFocus
        dir="auto"
        autoComplete="off"
      />
    </SheetForm>
  )
}
