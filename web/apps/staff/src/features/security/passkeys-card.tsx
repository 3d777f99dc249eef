import type { Security } from '@chairside/api'
import { Badge, Button, Card, notify } from '@chairside/ui'
import { Fingerprint, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { canPasskey } from '@/lib/passkeys'
import { useTell } from '@/lib/tell'
import { PasskeyDialog } from './passkey-dialog'
import { RenameDialog } from './rename-dialog'
import { Sure } from './sure'
import { useWhen } from './use-words'
import { removePasskey, renamePasskey } from './writes'

type Passkey = Security['passkeys'][number]
/** `last`: without this one nothing but the password is left. */
type PasskeysProps = { passkeys: Passkey[]; last: boolean; onAdded: () => void }

export function PasskeysCard({ passkeys, last, onAdded }: PasskeysProps) {
  const t = useTranslations('security')
  const tell = useTell()
  const [open, setOpen] = useState<{ what: 'add' } | { what: 'rename' | 'remove'; passkey: Passkey }>()
  const close = () => setOpen(undefined)
  return (
    <Card
      title={t('passkeys')}
      end={
        canPasskey() && (
          <Button size="sm" variant="ghost" onClick={() => setOpen({ what: 'add' })}>
            <Plus aria-hidden /> {t('addPasskey')}
          </Button>
        )
      }
    >
      <p className="px-4 pt-3 text-muted-foreground text-sm">{canPasskey() ? t('passkeysAbout') : t('noPasskeys')}</p>
      {passkeys.length > 0 && (
        <ul aria-label={t('passkeys')} className="mt-3 border-t">
          {passkeys.map(passkey => (
            <Line
              key={passkey.id}
              passkey={passkey}
              onRename={() => setOpen({ what: 'rename', passkey })}
              onRemove={() => setOpen({ what: 'remove', passkey })}
            />
          ))}
        </ul>
      )}
      <div className="pb-3" />
      {open?.what === 'add' && <PasskeyDialog onClose={close} onAdded={onAdded} />}
      {open?.what === 'rename' && (
        <RenameDialog
          name={open.passkey.name}
          onClose={close}
          keep={async name => {
            const { id, name: before } = open.passkey
            await renamePasskey(id, name)
            tell(t('passkeyRenamed', { name }), () => renamePasskey(id, before))
          }}
        />
      )}
      {open?.what === 'remove' && (
        <Sure
          title={t('removePasskeyTitle', { name: open.passkey.name })}
          about={last ? t('removeLastAbout') : t('removePasskeyAbout')}
          yes={t('remove')}
          onYes={() =>
            removePasskey(open.passkey.id).then(() =>
              notify({ tone: 'ok', title: t('passkeyRemoved', { name: open.passkey.name }) }),
            )
          }
          onClose={close}
        />
      )}
    </Card>
  )
}

function Line({ passkey, onRename, onRemove }: { passkey: Passkey; onRename: () => void; onRemove: () => void }) {
  const t = useTranslations('security')
  const states = useTranslations('states')
  const when = useWhen()
  const { name, backed_up, created_at, last_used_at } = passkey
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2 text-sm last:border-b-0">
      <Fingerprint aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <div className="me-auto grid min-w-0">
        <span className="flex flex-wrap items-center gap-2">
          <bdi className="truncate font-medium">{name}</bdi>
          {backed_up && <Badge title={t('backedUpAbout')}>{t('backedUp')}</Badge>}
        </span>
        <span className="text-muted-foreground text-xs">
          {t('addedOn', { when: when(created_at) })} · {last_used_at ? t('usedOn', { when: when(last_used_at) }) : t('neverUsed')}
        </span>
      </div>
      <span className="flex gap-1">
        <Button size="sm" variant="ghost" onClick={onRename}>
          <Pencil aria-hidden /> {t('rename')} <span className="sr-only">{states('quoted', { text: name })}</span>
        </Button>
        <Button size="sm" variant="ghost" onClick={onRemove}>
          <Trash2 aria-hidden /> {t('remove')} <span className="sr-only">{states('quoted', { text: name })}</span>
        </Button>
      </span>
    </li>
  )
}
