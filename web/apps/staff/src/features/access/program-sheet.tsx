import type { Program, ProgramKey } from '@chairside/api'
import { Banner, Button, Dialog, Field, notify } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { isStale } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { AddKeyDialog } from './add-key-dialog'
import { ConfirmDialog } from './confirm-dialog'
import { KeyLines } from './key-lines'
import { PermissionChoice, PermissionList } from './permission-choice'
import { useWhen } from './use-when'
import { changeProgram, revokeKey, revokeProgram } from './writes'

type Props = { program: Program; onClose: () => void }

/** A program: what it may do and its keys, to change or to read. */
export function ProgramSheet({ program, onClose }: Props) {
  const mayWrite = useMay('service_accounts.write')
  return mayWrite && !program.revoked_at ? (
    <ProgramForm program={program} onClose={onClose} />
  ) : (
    <ProgramReading program={program} onClose={onClose} />
  )
}

function ProgramReading({ program, onClose }: Props) {
  const t = useTranslations('access')
  const states = useTranslations('states')
  const when = useWhen()
  return (
    <Dialog open onClose={onClose} at="end" title={program.name} close={states('close')}>
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-5 pt-4 pb-6">
        {program.revoked_at && <Banner tone="info" title={t('shutOutSince', { when: when(program.revoked_at) })} />}
        <KeyLines keys={program.keys} />
        <PermissionList names={program.permissions} />
      </div>
    </Dialog>
  )
}

const alike = (one: readonly string[], other: readonly string[]) => [...one].sort().join() === [...other].sort().join()

/** As it was opened: the keys below follow the server, what is typed above does not. */
function ProgramForm({ program, onClose }: Props) {
  const t = useTranslations('access')
  const clinic = useSlug()
  const tell = useTell()
  const [opened] = useState(program)
  const [permissions, setPermissions] = useState(opened.permissions)
  const [asked, ask] = useState<'key' | 'program' | ProgramKey>()
  const form = useForm({
    check: () => ({ permissions: permissions.length ? undefined : t('chooseOne') }),
    fieldOf: ({ pointer }) => pointer.split('/')[1] ?? '',
    async save({ text }) {
      const name = text('name')
      if (name === opened.name && alike(permissions, opened.permissions)) return onClose()
      const kept = await send(changeProgram(clinic, opened, { name, permissions }))
      const before = { name: opened.name, permissions: opened.permissions }
      tell(t('programKept', { name: kept.name }), () => send(changeProgram(clinic, kept, before)))
      onClose()
    },
    refused(refusal) {
      if (isStale(refusal)) form.setTrouble(t('changedMeanwhile'))
      return isStale(refusal)
    },
  })
  const close = () => ask(undefined)
  const gone = (title: string) => notify({ tone: 'ok', title })
  return (
    <>
      <SheetForm
        title={opened.name}
        form={form}
        onClose={onClose}
        start={
          <Button variant="destructive" onClick={() => ask('program')}>
            {t('revokeProgram')}
          </Button>
        }
      >
        <Field
          {...form.field('name')}
          label={t('program')}
          hint={t('programHint')}
          defaultValue={opened.name}
          required
          dir="auto"
          autoComplete="off"
          maxLength={200}
        />
        <KeyLines keys={program.keys} onAdd={() => ask('key')} onRevoke={ask} />
        <PermissionChoice chosen={permissions} onChange={setPermissions} error={form.errors.permissions} />
      </SheetForm>
      {/* Beside the sheet and not in it: what is sent in them is not sent in its form. */}
      {asked === 'key' && <AddKeyDialog program={program} onClose={close} />}
      {asked === 'program' && (
        <ConfirmDialog
          title={t('revokeProgramTitle', { name: program.name })}
          confirm={t('revokeProgramDo')}
          act={async () => {
            await send(revokeProgram(clinic, program.id))
            gone(t('programGone', { name: program.name }))
            onClose()
          }}
          onClose={close}
        >
          <p>{t('revokeProgramAbout')}</p>
        </ConfirmDialog>
      )}
      {typeof asked === 'object' && (
        <ConfirmDialog
          title={t('revokeKeyTitle', { hint: asked.hint })}
          confirm={t('revokeKey')}
          act={async () => {
            await send(revokeKey(clinic, program.id, asked.id))
            gone(t('keyGone', { hint: asked.hint }))
          }}
          onClose={close}
        >
          <p>{t('revokeKeyAbout')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}
