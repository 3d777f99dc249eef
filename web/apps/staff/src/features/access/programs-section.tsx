import type { Program } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Badge, Button, Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Bot, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { usePermissionWords } from '@/features/people'
import { programsQuery } from '@/features/tenancy'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { useNow } from '@/lib/screen'
import { Row, Rows } from '@/shell/page'
import { AddProgramDialog } from './add-program-dialog'
import { goodOf, lastUseOf, stopsIn } from './keys'
import { ProgramSheet } from './program-sheet'
import { useWhen } from './use-when'

/** As many sentences as a row has room for. */
const SAID = 2

type Props = { open?: string; onOpen: (program: string | undefined) => void }

/** The programs that work here. The address says which one is open. */
export function ProgramsSection({ open, onOpen }: Props) {
  const t = useTranslations('access')
  const nav = useTranslations('nav')
  const group = useTranslations('shell.groups')('practice')
  const mayWrite = useMay('service_accounts.write')
  const programs = useQuery(programsQuery(useSlug()))
  const [adding, setAdding] = useState(false)
  useCommands(mayWrite ? [{ id: 'add-program', group, label: nav('addProgram'), run: () => setAdding(true) }] : [])
  const opened = programs.data?.find(one => one.id === open)
  const add = mayWrite && (
    <Button onClick={() => setAdding(true)}>
      <Plus aria-hidden /> {nav('addProgram')} <Keys of="add-program" className="max-sm:hidden" />
    </Button>
  )
  return (
    <Answer to={programs}>
      {programs => (
        <>
          {programs.length === 0 ? (
            <Empty icon={Bot} title={t('noPrograms')} about={t('programsAbout')}>
              {add}
            </Empty>
          ) : (
            <div className="grid gap-4">
              <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
                <p className="max-w-prose text-muted-foreground text-sm">{t('programsAbout')}</p>
                {add}
              </div>
              <Rows
                caption={t('parts.programs')}
                heads={[
                  { label: t('program') },
                  { label: t('may'), className: 'max-md:hidden' },
                  { label: t('keys') },
                  { label: t('lastUse'), className: 'max-sm:hidden' },
                ]}
              >
                {programs.map(one => (
                  <ProgramRow key={one.id} program={one} onOpen={() => onOpen(one.id)} />
                ))}
              </Rows>
            </div>
          )}
          {adding && <AddProgramDialog onClose={() => setAdding(false)} />}
          {opened && <ProgramSheet key={opened.id} program={opened} onClose={() => onOpen(undefined)} />}
        </>
      )}
    </Answer>
  )
}

function ProgramRow({ program, onOpen }: { program: Program; onOpen: () => void }) {
  const t = useTranslations('access')
  const { say } = usePermissionWords()
  const when = useWhen()
  const { permissions, keys, revoked_at } = program
  const lastUse = lastUseOf(keys)
  return (
    <Row name={program.name} inactive={revoked_at !== null && t('shutOut')} onOpen={onOpen}>
      <td className="max-md:hidden">
        <ul className="py-2 text-muted-foreground text-xs">
          {permissions.slice(0, SAID).map(name => (
            <li key={name}>{say(name)}</li>
          ))}
          {permissions.length > SAID && <li>{t('more', { count: permissions.length - SAID })}</li>}
        </ul>
      </td>
      <td>{revoked_at === null && <KeysNow program={program} />}</td>
      <td className="text-muted-foreground max-sm:hidden">{lastUse ? when(lastUse) : t('never')}</td>
    </Row>
  )
}

/** How many keys open the door, and whether that is about to end. */
function KeysNow({ program }: { program: Program }) {
  const t = useTranslations('access')
  const now = useNow()
  const count = goodOf(program.keys, now).length
  const days = stopsIn(program.keys, now)
  if (count === 0) return <Badge tone="danger">{t('keyCount', { count })}</Badge>
  return days === undefined ? t('keyCount', { count }) : <Badge tone="warn">{t('keyRunsOut', { days })}</Badge>
}
